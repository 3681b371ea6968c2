package privacy

import (
	"bytes"
	"encoding/binary"
)

// isPSD knows Photoshop's documents, large ones (PSB) among them.
func isPSD(head []byte) bool {
	return starts("8BPS\x00\x01")(head) || starts("8BPS\x00\x02")(head)
}

// lookPSD only warns: Photoshop's own functions know what hangs together. What
// is said about people and places lies before the layers.
func lookPSD(s *source, b *book) ([]piece, error) {
	at := int64(26)
	for _, part := range []string{"colours", "resources"} {
		p, err := s.read(at, 4)
		if err != nil {
			return nil, err
		}
		n := int64(binary.BigEndian.Uint32(p))
		at += 4
		if n > s.size-at {
			return nil, trouble(Damaged)
		}
		if part == "colours" {
			at += n
			continue
		}
		p, err = s.read(at, min(n, mostBytes))
		if err != nil {
			return nil, err
		}
		rest := photoshopBlocks(bytes.Clone(p), b)
		switch {
		case n > mostBytes:
			return nil, trouble(TooLarge)
		case len(bytes.Trim(rest, "\x00")) > 0:
			return nil, trouble(Damaged)
		}
	}
	return nil, nil
}
