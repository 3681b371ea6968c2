package media

import (
	"bytes"
	"crypto/md5"
	"hash"
	"math/rand/v2"
	"sync"
	"testing"
)

// Sums that are made together are what they are alone, in pieces of any size,
// also after a start anew and from a hash that was used before; and as many
// hashes are made as are in use at once, however many that may be.
func TestPartSumsAreMD5s(t *testing.T) {
	for parallel, made := range map[int]int{1: 0, 8: 8, 200: mostLanes} {
		p := newPartSums(parallel)
		var wg, all sync.WaitGroup
		all.Add(parallel)
		for worker := range parallel {
			wg.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(worker), 1))
				first := p.take()
				all.Done()
				all.Wait() // as many are in use
				p.giveBack(first)
				for range 12 {
					content := bytes.Repeat([]byte{byte(rng.Uint32())}, rng.IntN(200_000))
					h := p.take()
					_, _ = h.Write(content[:len(content)/3]) // what a retry throws away
					h.Reset()
					inPieces(rng, h, content)
					if want := md5.Sum(content); !bytes.Equal(h.Sum(nil), want[:]) {
						t.Errorf("%d bytes: %x, not %x", len(content), h.Sum(nil), want)
					}
					p.giveBack(h)
				}
			})
		}
		wg.Wait()
		if len(p.all) != made {
			t.Errorf("%d hashes for %d at a time, not %d", len(p.all), parallel, made)
		}
		p.close()
	}
}

func inPieces(rng *rand.Rand, h hash.Hash, content []byte) {
	for len(content) > 0 {
		n := min(len(content), 1+rng.IntN(40_000))
		_, _ = h.Write(content[:n])
		content = content[n:]
	}
}

// A body that has given its hash up is read on by a transport that is late,
// and leaves the hash to whoever has it now.
func TestABodyThatIsReadLateHashesNothing(t *testing.T) {
	sum := md5.New()
	b := &body{
		ctx: t.Context(), len: 12, sum: sum, moved: func(int64) {},
		file: &localFile{content: bytes.NewReader([]byte("a file of 12"))},
	}
	read := func(n int) {
		t.Helper()
		if got, err := b.Read(make([]byte, n)); got != n || err != nil {
			t.Fatal(got, err)
		}
	}
	read(4)
	b.release()
	sum.Reset()
	read(4)
	if want := md5.Sum(nil); !bytes.Equal(sum.Sum(nil), want[:]) || b.md5sum() != nil {
		t.Errorf("hashed %x", sum.Sum(nil))
	}
}
