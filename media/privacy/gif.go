package privacy

import "bytes"

// gifApps are the application extensions that belong to the picture: how often
// it repeats, and its colour profile.
var gifApps = map[string]bool{"NETSCAPE2.0": true, "ANIMEXTS1.0": true, "ICCRGBG1012": true}

func lookGIF(s *source, b *book) ([]piece, error) {
	p, err := s.read(0, 13)
	if err != nil {
		return nil, err
	}
	pos := 13 + gifTable(p[10])
	g := &gifFile{s: s, b: b}
	g.out.keep(0, pos)
	for range mostParts {
		p, err := s.read(pos, 1)
		if err != nil {
			return nil, err
		}
		switch p[0] {
		case 0x3b:
			g.out.keep(pos, pos+1)
			if pos+1 < s.size {
				b.add(Hidden, "")
			}
			return g.out.pieces, nil
		case 0x2c:
			pos, err = g.image(pos)
		case 0x21:
			pos, err = g.extension(pos)
		default:
			return nil, trouble(Damaged)
		}
		if err != nil {
			return nil, err
		}
		if len(g.out.pieces) > mostPieces {
			break
		}
	}
	return nil, trouble(TooComplex)
}

// gifTable is the size of a table of colours.
func gifTable(flags byte) int64 {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

type gifFile struct {
	s   *source
	b   *book
	out shears
}

func (g *gifFile) image(pos int64) (int64, error) {
	p, err := g.s.read(pos, 10)
	if err != nil {
		return 0, err
	}
	end, err := g.blocks(pos + 10 + gifTable(p[9]) + 1)
	g.out.keep(pos, end)
	return end, err
}

// blocks passes over data in blocks and returns where they end.
func (g *gifFile) blocks(pos int64) (int64, error) {
	for {
		p, err := g.s.read(pos, 1)
		if err != nil {
			return 0, err
		}
		pos += 1 + int64(p[0])
		if p[0] == 0 {
			return pos, nil
		}
	}
}

func (g *gifFile) extension(pos int64) (int64, error) {
	p, err := g.s.read(pos, 3)
	if err != nil {
		return 0, err
	}
	kind, n := p[1], int64(p[2])
	end, err := g.blocks(pos + 2)
	if err != nil {
		return 0, err
	}
	p, err = g.s.some(pos+3, min(n, end-pos-3))
	if err != nil {
		return 0, err
	}
	switch {
	case kind == 0xfe:
		g.b.add(Comment, string(p))
	case kind == 0xff && !gifApps[string(p)]:
		if string(p) != "XMP DataXMP" {
			g.b.add(Other, "")
			break
		}
		p, err := g.s.read(pos+3+n, min(end-pos-3-n, mostBytes))
		if err != nil {
			return 0, err
		}
		if i := bytes.Index(p, []byte("<?xpacket end")); i >= 0 {
			p = p[:i] // the rest leads readers of blocks out
		}
		lookXMP(bytes.Clone(p), g.b)
		g.b.add(Other, "")
	default:
		g.out.keep(pos, end)
	}
	return end, nil
}
