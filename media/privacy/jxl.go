package privacy

import "bytes"

// jxlMagic begins a JPEG XL picture in a container. A bare one (FF 0A) has no
// place for anything beside the picture.
const jxlMagic = "\x00\x00\x00\x0cJXL \x0d\x0a\x87\x0a"

// lookJXL only warns: where a JPEG is to be won back from the picture, all of
// it is needed.
func lookJXL(s *source, b *book) ([]piece, error) {
	budget := mostBoxes
	all, err := s.boxes(0, s.size, &budget)
	if err != nil {
		return nil, err
	}
	packed := false
	for _, x := range all {
		switch x.kind {
		case "Exif", "xml ", "jumb", "brob":
		default:
			continue
		}
		if x.end-x.body > mostBytes {
			b.add(Other, "")
			packed = true
			continue
		}
		if b.bytes += int(x.end - x.body); b.bytes > mostUnpacked {
			return nil, trouble(TooComplex)
		}
		p, err := s.read(x.body, x.end-x.body)
		if err != nil {
			return nil, err
		}
		packed = jxlBox(x.kind, bytes.Clone(p), b) || packed
	}
	if packed {
		return nil, trouble(Unsupported)
	}
	return nil, nil
}

// jxlBox notes what a box tells, and whether that could not be read.
func jxlBox(kind string, p []byte, b *book) (packed bool) {
	switch kind {
	case "Exif": // as HEIC has it
		(&heifFile{b: b}).exif(p)
	case "xml ":
		lookXMP(p, b)
	case "jumb":
		b.add(Other, "") // content credentials
	case "brob": // one of these, compressed
		b.add(Other, "")
		return true
	}
	return false
}
