package privacy

import (
	"bytes"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The files in testdata were written by the programs that people use;
// testdata/make.sh makes them. This is what each tells.
var realFiles = map[string]string{
	"bought.m4a":    "gps=35.7, 139.8 owner=SECRETACCOUNT",
	"cwebp.webp":    "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"exiftool.avif": "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"exiftool.gif":  "place-name=SECRETCITY owner=SECRETXMP comment=SECRETGCOM metadata",
	"exiftool.heic": "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"exiftool.jpg":  "gps=35.7, 139.8 place-name=SECRETIPTC people owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT metadata",
	"exiftool.mov":  "gps=35.7, 139.8 owner=SECRETARTIST camera=SECRETMAKE comment=SECRETCOM software=Lavf59.27.100",
	"exiftool.mp4":  "gps=35.7, 139.8 place-name=SECRETCITY owner=SECRETLIST camera=SECRETMODEL date metadata",
	"exiftool.pdf":  "place-name=SECRETCITY! owner=SECRETAUTHOR!",
	"exiftool.png":  "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETAUTHOR serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"exiftool.tiff": "gps=35.7, 139.8! place-name=SECRETCITY! people! owner=SECRETARTIST! serial! camera=Apple SECRETMODEL! copyright=SECRETCOPY! comment=SECRETCOMMENT! date=2026-04-01! software=SECRETSOFT!",
	"exiftool.webp": "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"ffmpeg.m4a":    "",
	"ffmpeg.mkv":    "gps=35.7, 139.8 owner=SECRETARTIST comment=SECRETTITLE date=2026-04-01",
	"ffmpeg.mov":    "gps=35.7, 139.8 owner=SECRETARTIST camera=SECRETMAKE comment=SECRETTITLE date software=Lavf59.27.100",
	"ffmpeg.mp4":    "gps=35.7, 139.8 owner=SECRETARTIST copyright=SECRETCOPY comment=SECRETTITLE date",
	"ffmpeg.webm":   "gps=35.7, 139.8 owner=SECRETARTIST",
	"fragments.mp4": "gps=35.7, 139.8 date",
	"heif-enc.avif": "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"heif-enc.heic": "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"keys.mov":      "gps=35.7, 139.8 owner=SECRETARTIST camera=SECRETMODEL metadata",
	"motion.jpg":    "gps=35.7, 139.8 place-name=SECRETIPTC people owner=SECRETARTIST hidden thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT metadata",
	"picture.pdf":   "gps=35.7, 139.8! place-name=SECRETCITY! people! owner=SECRETXMP!",
	"profile.png":   "gps=35.7, 139.8 owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
	"python.docx":   "gps=35.7, 139.8! place-name=SECRETIPTC! people! owner=SECRETAUTHOR!",
	"webpmux.webp":  "gps=35.7, 139.8 place-name=SECRETCITY people owner=SECRETARTIST thumbnail serial camera=Apple SECRETMODEL copyright=SECRETCOPY comment=SECRETCOMMENT date=2026-04-01 software=SECRETSOFT",
}

// mayStay is what a stripped file may still hold.
var mayStay = map[string][]string{
	"ffmpeg.m4a": {"Band", "Song"}, "bought.m4a": {"Band", "Song"},
}

func realFile(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhatFilesOfRealProgramsTell(t *testing.T) {
	all, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range all {
		name := filepath.Base(path)
		want, ok := realFiles[name]
		if !ok && name != "make.sh" {
			t.Errorf("%s: what it tells is not said", name)
		}
		if got := codes(look(t, realFile(t, name))); ok && got != want {
			t.Errorf("%s tells\n %s, want\n %s", name, got, want)
		}
	}
}

// What was taken out is not to be found any more, the colour profile and how a
// photo is turned are, and pictures are as they were.
func TestFilesOfRealProgramsAreStripped(t *testing.T) {
	for name := range realFiles {
		file := realFile(t, name)
		out := strip(t, file)
		holds(t, name, file, out)
		if !look(t, file).Strippable() {
			continue
		}
		for _, secret := range []string{"SECRET", "139.7671", "2026:04:01", "iPhone"} {
			if bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s still holds %q", name, secret)
			}
		}
		for _, kept := range slices.Concat(mayStay[name], []string{"TestColor"}) {
			if bytes.Contains(file, []byte(kept)) != bytes.Contains(out, []byte(kept)) {
				t.Errorf("%s has lost %q", name, kept)
			}
		}
		if before, after := turnOf(file), turnOf(out); before != after {
			t.Errorf("%s was turned %d and is %d", name, before, after)
		}
	}
}

// turnOf is the orientation in the first EXIF of a file, 0 for none.
func turnOf(file []byte) int {
	for i := range file {
		if !isTIFF(file[i:]) {
			continue
		}
		if turn, err := lookEXIF(file[i:], &book{}); err == nil && turn > 1 {
			return turn
		}
	}
	return 0
}

// tool is a program that reads files in its own way; without it the test is
// skipped.
func tool(t *testing.T, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(err)
	}
	return path
}

// An independent reader finds none of it.
func TestExifToolFindsNothing(t *testing.T) {
	exiftool := tool(t, "exiftool")
	dir := t.TempDir()
	for name := range realFiles {
		file := realFile(t, name)
		if !look(t, file).Strippable() {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), strip(t, file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := exec.CommandContext(t.Context(), exiftool, "-a", "-u", "-ee", "-G1", "-s", dir).CombinedOutput()
	if err != nil || !strings.Contains(string(said), "Rotate 90 CW") {
		t.Fatalf("%v\n%s", err, said)
	}
	name := ""
	for line := range strings.Lines(string(said)) {
		if strings.HasPrefix(line, "========") || strings.HasPrefix(line, "[System]") {
			if strings.HasPrefix(line, "=") {
				name = filepath.Base(strings.TrimSpace(line))
			}
			continue
		}
		for _, bad := range []string{"SECRET", "GPS", "139 deg", "2026:04:01", "Warning", "Error", "Thumbnail", "[XMP", "[IPTC", "[Keys"} {
			if strings.Contains(line, bad) {
				t.Errorf("%s: %s", name, strings.TrimSpace(line))
			}
		}
	}
}

// Independent decoders show the same, picture for picture.
func TestDecodersShowTheSame(t *testing.T) {
	for name := range realFiles {
		decode := frames
		switch filepath.Ext(name) {
		case ".heic", ".avif":
			decode = heif
		case ".pdf", ".docx":
			continue
		}
		file := realFile(t, name)
		before, after := decode(t, name, file), decode(t, name, strip(t, file))
		if len(before) == 0 || !bytes.Equal(before, after) {
			t.Errorf("%s: %d bytes of frames, then others: %d", name, len(before), len(after))
		}
	}
}

func frames(t *testing.T, name string, file []byte) []byte {
	t.Helper()
	ffmpeg := tool(t, "ffmpeg")
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), ffmpeg, "-v", "error", "-i", path, "-f", "framemd5", "-").Output()
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return out
}

func heif(t *testing.T, name string, file []byte) []byte {
	t.Helper()
	convert := tool(t, "heif-convert")
	dir := t.TempDir()
	path, png := filepath.Join(dir, name), filepath.Join(dir, "out.png")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), convert, path, png).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, said)
	}
	f, err := os.Open(png)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			r, g, b, a := m.At(x, y).RGBA()
			all = append(all, byte(r>>8), byte(g>>8), byte(b>>8), byte(a>>8))
		}
	}
	return all
}

// However a file of a real program is cut off, it is left alone or whole.
func TestCutOffRealFilesAreLeftAlone(t *testing.T) {
	for name := range realFiles {
		file := realFile(t, name)
		for n := 0; n < len(file); n += 1 + len(file)/150 {
			holds(t, name, file[:n], strip(t, file[:n]))
		}
	}
}
