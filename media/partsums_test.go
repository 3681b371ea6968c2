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
// hashes are made as are in use at once.
func TestPartSumsAreMD5s(t *testing.T) {
	for parallel, most := range map[int]int{1: 0, 8: 8} {
		p := newPartSums(parallel)
		var wg sync.WaitGroup
		for worker := range 8 {
			wg.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(worker), 1))
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
		if len(p.all) > most {
			t.Errorf("%d hashes for %d at a time", len(p.all), parallel)
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
