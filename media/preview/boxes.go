package preview

import (
	"context"
	"encoding/binary"
	"math"
	"slices"
	"time"
)

// indexBytes is up to how much of a film's index is read.
const indexBytes = 256 << 10

// isBoxes tells files made of ISO boxes: MP4, MOV, M4A, HEIC, AVIF.
func isBoxes(h []byte) bool {
	return len(h) >= 12 && slices.Contains([]string{"ftyp", "moov", "mdat", "wide", "free", "skip"}, string(h[4:8])) && (string(h[4:8]) == "ftyp" || boxSize(h) >= 8)
}

func boxSize(h []byte) int64 {
	n := int64(binary.BigEndian.Uint32(h))
	if n == 1 && len(h) >= 16 {
		big := binary.BigEndian.Uint64(h[8:])
		if big > math.MaxInt64/2 {
			return -1
		}
		return int64(big)
	}
	return n
}

// boxes finds the size and the duration in the index of a film, or the size of
// a HEIC or AVIF picture. The index may stand behind the film itself: then it
// is read from there, and nothing of the film.
func (o *object) boxes(ctx context.Context) error {
	p := o.p
	p.Format = brand(o.head)
	p.Why = Unsupported
	for at, tries := int64(0), 0; at < o.Size && tries < 64; tries++ {
		h, err := o.around(ctx, at, 16)
		if err != nil || len(h) < 8 {
			return err
		}
		n := boxSize(h)
		if n == 0 {
			n = o.Size - at
		}
		if n < 8 || n > o.Size-at {
			return nil
		}
		switch kind := string(h[4:8]); kind {
		case "moov", "meta":
			index, err := o.around(ctx, at, min(n, indexBytes))
			if err != nil {
				return err
			}
			if kind == "moov" {
				o.film(index)
			} else {
				o.still(index)
			}
			return nil
		}
		at += n
	}
	return nil
}

// around are bytes of the head where they are in it, else they are read.
func (o *object) around(ctx context.Context, at, n int64) ([]byte, error) {
	if at+n <= int64(len(o.head)) || int64(len(o.head)) == o.Size {
		end := min(at+n, int64(len(o.head)))
		return o.head[min(at, end):end], nil
	}
	if o.p.Bytes > HeadBytes+4*indexBytes { // a file of many boxes
		return nil, nil
	}
	return o.bytes(ctx, at, n)
}

// brand is the format by the brand in the first box.
func brand(h []byte) string {
	if string(h[4:8]) != "ftyp" {
		return "QuickTime"
	}
	switch string(h[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1":
		if n := min(int(boxSize(h)), len(h)); n > 16 {
			for i := 16; i+4 <= n; i += 4 {
				if string(h[i:i+4]) == "avif" {
					return "AVIF"
				}
			}
		}
		return "HEIC"
	case "avif", "avis":
		return "AVIF"
	case "M4A ", "M4B ":
		return "M4A"
	case "qt  ":
		return "QuickTime"
	}
	return "MP4"
}

// within calls do for the boxes in a box whose content begins at from.
func within(d []byte, from int, do func(kind string, body []byte)) {
	for i := from; i+8 <= len(d); {
		n := int64(binary.BigEndian.Uint32(d[i:]))
		if n == 0 {
			n = int64(len(d) - i)
		}
		if n < 8 {
			return
		}
		do(string(d[i+4:i+8]), d[i+8:min(int64(i)+n, int64(len(d)))])
		if n > int64(len(d)-i) {
			return
		}
		i += int(n)
	}
}

// film reads the duration and the size of the largest track.
func (o *object) film(index []byte) {
	within(index, 8, func(kind string, body []byte) {
		switch kind {
		case "mvhd":
			o.p.Duration = movieTime(body)
		case "trak":
			within(body, 0, func(kind string, b []byte) {
				if kind == "tkhd" {
					o.track(b)
				}
			})
		}
	})
}

func movieTime(b []byte) time.Duration {
	var scale, n float64
	switch {
	case len(b) >= 32 && b[0] == 1:
		scale, n = float64(binary.BigEndian.Uint32(b[20:])), float64(binary.BigEndian.Uint64(b[24:]))
	case len(b) >= 20 && b[0] == 0:
		scale, n = float64(binary.BigEndian.Uint32(b[12:])), float64(binary.BigEndian.Uint32(b[16:]))
	}
	if scale == 0 || n/scale > 1e7 {
		return 0
	}
	return time.Duration(n / scale * float64(time.Second))
}

// track takes the size of a track, turned as its matrix says.
func (o *object) track(b []byte) {
	at := 76
	if len(b) > 0 && b[0] == 1 {
		at = 88
	}
	if len(b) < at+8 {
		return
	}
	w, h := int(binary.BigEndian.Uint32(b[at:])>>16), int(binary.BigEndian.Uint32(b[at+4:])>>16)
	matrix := b[at-36:]
	if binary.BigEndian.Uint32(matrix) == 0 && binary.BigEndian.Uint32(matrix[4:]) != 0 { // a quarter turn
		w, h = h, w
		o.p.Turned = true
	}
	if w*h > o.p.Width*o.p.Height {
		o.p.Width, o.p.Height = w, h
	}
}

// still reads the size of a HEIC or AVIF picture. Where it is made of tiles,
// the whole is the largest of the sizes.
func (o *object) still(meta []byte) {
	quarter := false
	within(meta, 12, func(kind string, body []byte) {
		if kind != "iprp" {
			return
		}
		within(body, 0, func(kind string, b []byte) {
			if kind != "ipco" {
				return
			}
			within(b, 0, func(kind string, x []byte) {
				switch {
				case kind == "ispe" && len(x) >= 12:
					w, h := binary.BigEndian.Uint32(x[4:]), binary.BigEndian.Uint32(x[8:])
					if w < 1<<20 && h < 1<<20 && int(w)*int(h) > o.p.Width*o.p.Height {
						o.p.Width, o.p.Height = int(w), int(h)
					}
				case kind == "irot" && len(x) >= 1:
					quarter = x[0]&1 == 1
				}
			})
		})
	})
	if quarter {
		o.p.Width, o.p.Height = o.p.Height, o.p.Width
		o.p.Turned = true
	}
}
