package privacy

import "bytes"

// filmFile is an MP4 or MOV. Its user data are overwritten where they lie. The
// tags of music (title, artist, cover) stay: they are meant to be seen.
type filmFile struct {
	s       *source
	b       *book
	patches []patch
	budget  int
	music   bool
}

func lookFilm(s *source, b *book) ([]piece, error) {
	f := &filmFile{s: s, b: b, budget: mostBoxes}
	top, err := s.boxes(0, s.size, &f.budget)
	if err != nil {
		return nil, err
	}
	if f.music, err = f.isMusic(top); err != nil {
		return nil, err
	}
	for _, x := range top {
		switch x.kind {
		case "moov":
			err = f.inside(x, 0)
		case "uuid":
			var more []patch
			more, err = private(s, b, x)
			f.patches = append(f.patches, more...)
		case "meta":
			err = f.meta(x)
		case "udta":
			err = f.userData(x)
		case "free", "skip":
			err = f.spare(x, false) // a rare writer keeps pictures there
		}
		if err != nil {
			return nil, err
		}
	}
	return patched(s.size, f.patches)
}

// isMusic holds for what says so, and for what has no track of pictures.
func (f *filmFile) isMusic(top []box) (bool, error) {
	head, err := f.s.some(0, 64)
	if err != nil {
		return false, err
	}
	if brands := ftyp(head); len(brands) > 0 && (brands[0] == "M4A " || brands[0] == "M4B " || brands[0] == "M4P ") {
		return true, nil
	}
	moov, ok := find(top, "moov")
	if !ok {
		return false, nil
	}
	tracks, err := f.s.boxes(moov.body, moov.end, &f.budget)
	if err != nil {
		return false, err
	}
	sound := false
	for _, t := range tracks {
		if t.kind != "trak" {
			continue
		}
		switch kind, err := f.handler(t); {
		case err != nil:
			return false, err
		case kind == "soun":
			sound = true
		case kind == "vide":
			return false, nil
		}
	}
	return sound, nil
}

// handler is what a track is of: "vide", "soun".
func (f *filmFile) handler(track box) (string, error) {
	inner, err := f.s.boxes(track.body, track.end, &f.budget)
	if err != nil {
		return "", err
	}
	media, _ := find(inner, "mdia")
	if inner, err = f.s.boxes(media.body, media.end, &f.budget); err != nil {
		return "", err
	}
	h, ok := find(inner, "hdlr")
	if !ok || h.end-h.body < 12 {
		return "", nil
	}
	p, err := f.s.read(h.body+8, 4)
	return string(p), err
}

// spare is room for later, in which cameras keep what no player looks for and
// editors leave what was there before.
func (f *filmFile) spare(x box, mine bool) error {
	for at := x.body; at < x.end; at += windowSize / 2 {
		p, err := f.s.read(at, min(windowSize/2, x.end-at))
		if err != nil {
			return err
		}
		switch empty := len(bytes.Trim(p, "\x00")) == 0; {
		case !empty && !mine:
			f.b.stays(Hidden, "")
			return nil
		case !empty:
			f.b.add(Hidden, "")
			f.patches = append(f.patches, patch{at: x.body, n: x.end - x.body})
			return nil
		}
	}
	return nil
}

// inside walks over moov and its tracks.
func (f *filmFile) inside(parent box, depth int) error {
	if depth > 4 {
		return nil
	}
	inner, err := f.s.boxes(parent.body, parent.end, &f.budget)
	if err != nil {
		return err
	}
	for _, x := range inner {
		switch x.kind {
		case "trak", "mdia", "minf", "stbl":
			err = f.inside(x, depth+1)
		case "mvhd", "tkhd", "mdhd":
			err = f.header(x)
		case "stsd":
			err = f.samples(x)
		case "udta":
			err = f.userData(x)
		case "meta":
			err = f.meta(x)
		case "free", "skip":
			err = f.spare(x, true)
		case "gps ": // of dashboard cameras: says where in the data the places lie
			f.b.stays(Place, "")
		case "uuid":
			var more []patch
			more, err = private(f.s, f.b, x)
			f.patches = append(f.patches, more...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// header notes when the film, or a track of it, was made.
func (f *filmFile) header(x box) error {
	p, err := f.s.some(x.body, 16)
	if err != nil || len(p) < 16 || x.end-x.body < 16 {
		return err
	}
	n := int64(8)
	if p[0] == 1 {
		n = 16
	}
	if p, err = f.s.read(x.body+4, min(n, x.end-x.body-4)); err != nil {
		return err
	}
	if len(bytes.Trim(p, "\x00")) > 0 {
		f.b.add(Date, "")
		f.patches = append(f.patches, patch{at: x.body + 4, n: int64(len(p))})
	}
	return nil
}

// samples finds tracks that hold measurements, such as where the camera was.
func (f *filmFile) samples(x box) error {
	p, err := f.s.some(x.body, min(x.end-x.body, 4096))
	if err != nil || len(p) < 16 {
		return err
	}
	switch string(p[12:16]) {
	case "gpmd", "camm", "djmd":
		f.b.stays(Place, "")
	case "rtmd":
		f.b.stays(Maker, "")
	case "mebx": // of an iPhone; what is measured is said
		if bytes.Contains(p, []byte("location.ISO6709")) {
			f.b.stays(Place, "")
			break
		}
		f.b.stays(Other, "")
	}
	return nil
}
