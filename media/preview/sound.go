package preview

import (
	"bytes"
	"encoding/binary"
	"time"
)

func isSound(h []byte) bool { return soundName(h) != "" }

func soundName(h []byte) string {
	switch {
	case bytes.HasPrefix(h, []byte("fLaC")):
		return "FLAC"
	case len(h) >= 12 && string(h[:4]) == "RIFF" && string(h[8:12]) == "WAVE":
		return "WAV"
	case len(h) >= 12 && string(h[:4]) == "RIFF" && string(h[8:12]) == "AVI ":
		return "AVI"
	case bytes.HasPrefix(h, []byte("OggS")):
		return "Ogg"
	case bytes.HasPrefix(h, []byte("ID3")), len(h) >= 3 && h[0] == 0xff && h[1]&0xe6 == 0xe2:
		return "MP3"
	case bytes.HasPrefix(h, []byte("\x1aE\xdf\xa3")):
		return "WebM"
	}
	return ""
}

// sound reads the duration where a header tells it. MP3, Ogg and WebM would
// have to be read through, or nearly so.
func (o *object) sound() {
	h, p := o.head, o.p
	p.Format, p.Why = soundName(h), Unsupported
	var seconds float64
	switch p.Format {
	case "FLAC":
		if len(h) >= 26 && h[4]&0x7f == 0 {
			rate := uint32(h[18])<<12 | uint32(h[19])<<4 | uint32(h[20])>>4
			samples := uint64(h[21]&15)<<32 | uint64(binary.BigEndian.Uint32(h[22:]))
			if rate > 0 {
				seconds = float64(samples) / float64(rate)
			}
		}
	case "WAV":
		seconds = waveTime(h, o.Size)
	case "AVI":
		if len(h) >= 72 && string(h[24:28]) == "avih" {
			le := binary.LittleEndian
			seconds = float64(le.Uint32(h[32:])) * float64(le.Uint32(h[48:])) / 1e6
			p.Width, p.Height = int(le.Uint32(h[64:])), int(le.Uint32(h[68:]))
			if p.Width > 1<<16 || p.Height > 1<<16 {
				p.Width, p.Height = 0, 0
			}
		}
	}
	if seconds > 0 && seconds < 1e7 {
		p.Duration = time.Duration(seconds * float64(time.Second))
	}
}

// waveTime is the length of the data by the rate in the format chunk.
func waveTime(h []byte, size int64) float64 {
	rate := 0.0
	for i := 12; i+8 <= len(h); {
		n, kind := int64(binary.LittleEndian.Uint32(h[i+4:])), string(h[i:i+4])
		switch {
		case kind == "fmt " && i+20 <= len(h):
			rate = float64(binary.LittleEndian.Uint32(h[i+16:]))
		case kind == "data" && rate > 0:
			return float64(min(n, size)) / rate
		}
		if n > int64(len(h)) {
			return 0
		}
		i += 8 + int(n+n&1)
	}
	return 0
}
