package privacy

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"io"
	"strings"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// shownBy are the ancillary chunks of a PNG that say how it is to be shown.
// All others may hold anything and are taken out.
var shownBy = map[string]bool{
	"tRNS": true, "cHRM": true, "gAMA": true, "iCCP": true, "sBIT": true, "sRGB": true, "cICP": true, "mDCV": true, "cLLI": true,
	"bKGD": true, "hIST": true, "pHYs": true, "sPLT": true, "oFFs": true, "pCAL": true, "sCAL": true, "sTER": true,
	"acTL": true, "fcTL": true, "fdAT": true,
}

// silent are chunks that tell nothing, but hold offsets that change.
var silent = map[string]bool{"iDOT": true, "vpAg": true}

func lookPNG(s *source, b *book) ([]piece, error) {
	var out shears
	out.keep(0, int64(len(pngMagic)))
	pos := int64(len(pngMagic))
	turned := false
	for range mostParts {
		p, err := s.read(pos, 8)
		if err != nil {
			return nil, err
		}
		n, kind := int64(binary.BigEndian.Uint32(p)), string(p[4:8])
		next := pos + 12 + n
		if n >= 1<<31 || next > s.size {
			return nil, trouble(Damaged)
		}
		switch {
		case !isChunkName(kind):
			return nil, trouble(Damaged)
		case kind[0]&0x20 == 0 || shownBy[kind]:
			out.keep(pos, next)
		case kind == "eXIf":
			data, err := s.read(pos+8, n)
			if err != nil {
				return nil, err
			}
			turn, err := lookEXIF(bytes.Clone(data), b)
			if err != nil {
				return nil, err
			}
			if !turned && turn > 1 {
				out.put(pngChunk("eXIf", exifTurn(turn)))
			}
			turned = true
		default:
			if err := pngText(s, kind, pos+8, n, b); err != nil {
				return nil, err
			}
		}
		pos = next
		if kind == "IEND" {
			if pos < s.size {
				b.add(Hidden, "") // what an editor forgot to cut off
			}
			return out.pieces, nil
		}
		if len(out.pieces) > mostPieces {
			break
		}
	}
	return nil, trouble(TooComplex)
}

func isChunkName(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func pngChunk(kind string, data []byte) []byte {
	p := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	p = append(append(p, kind...), data...)
	return binary.BigEndian.AppendUint32(p, crc32.ChecksumIEEE(p[4:]))
}

// pngWords are the key words of texts in a PNG.
var pngWords = map[string]string{
	"author": Owner, "artist": Owner, "copyright": Copyright, "creation time": Date, "date:create": Date, "date:modify": Date, "create-date": Date,
	"modify-date": Date, "software": Software, "source": Camera, "thumb::uri": Path,
}

// pngText notes what an ancillary chunk tells that is not for display.
func pngText(s *source, kind string, at, n int64, b *book) error {
	switch kind {
	case "tIME":
		b.add(Date, "")
		return nil
	case "tEXt", "zTXt", "iTXt":
	default:
		if !silent[kind] {
			b.add(Other, "")
		}
		return nil
	}
	p, err := s.read(at, min(n, mostBytes))
	if err != nil {
		return err
	}
	word, rest, _ := bytes.Cut(p, []byte{0})
	value := pngValue(kind, rest, b)
	switch code := pngWords[strings.ToLower(string(word))]; {
	case string(word) == "XML:com.adobe.xmp":
		lookXMP(bytes.Clone(value), b)
	case bytes.HasPrefix(word, []byte(rawProfile)):
		pngProfile(string(word[len(rawProfile):]), value, b)
	case code == Date:
		b.add(Date, day(string(value)))
	case code == Path:
		b.add(Path, "")
	case code != "":
		b.add(code, string(value))
	default:
		b.add(Comment, string(value[:min(len(value), 4*longestDetail)]))
	}
	return nil
}

// rawProfile begins the key words under which ImageMagick keeps other kinds of
// metadata, in hexadecimal digits after a name and a length.
const rawProfile = "Raw profile type "

func pngProfile(kind string, p []byte, b *book) {
	before := len(b.found)
	lines := bytes.SplitN(bytes.TrimLeft(p, "\n"), []byte("\n"), 3)
	if len(lines) == 3 {
		digits := bytes.ReplaceAll(lines[2], []byte("\n"), nil)
		p = make([]byte, len(digits)/2)
		n, _ := hex.Decode(p, digits[:len(p)*2])
		switch p = p[:n]; {
		case bytes.HasPrefix(p, []byte(exifHead)):
			_, _ = lookEXIF(p[len(exifHead):], b)
		case bytes.HasPrefix(p, []byte(xmpHead)):
			lookXMP(p[len(xmpHead):], b)
		case kind == "exif":
			_, _ = lookEXIF(p, b)
		case kind == "xmp":
			lookXMP(p, b)
		case kind == "iptc", kind == "8bim":
			lookPhotoshop(p, b)
		}
	}
	if len(b.found) == before {
		b.add(Other, "")
	}
}

// pngValue is the text of a chunk after its key word, of a compressed one as
// much as is worth reading.
func pngValue(kind string, p []byte, b *book) []byte {
	packed := kind == "zTXt"
	if kind == "iTXt" {
		if len(p) < 2 {
			return nil
		}
		packed = p[0] == 1
		_, p, _ = bytes.Cut(p[2:], []byte{0})
		_, p, _ = bytes.Cut(p, []byte{0})
	} else if packed && len(p) > 0 {
		p = p[1:]
	}
	if !packed {
		return p
	}
	r, err := zlib.NewReader(bytes.NewReader(p))
	if err != nil || b.bytes > mostUnpacked {
		return nil
	}
	defer r.Close()
	p, _ = io.ReadAll(io.LimitReader(r, 1<<20)) // what came before the damage
	b.bytes += len(p) + 4096
	return p
}
