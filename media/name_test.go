package media

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/doctor"
)

func TestNumbersGoBeforeTheExtension(t *testing.T) {
	for _, c := range [][2]string{
		{"photo.jpg", "photo-2.jpg"}, {"docs/photo.tar.gz", "docs/photo-2.tar.gz"}, {"docs.v1/photo", "docs.v1/photo-2"},
		{"docs/.htaccess", "docs/.htaccess-2"}, {"写真.png", "写真-2.png"}, {"カ\u3099.txt", "カ\u3099-2.txt"},
	} {
		if got := numbered(c[0], 2); got != c[1] {
			t.Errorf("numbered(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestUnguessableNamesFitIntoAKey(t *testing.T) {
	l := &Library{space: address.Space{Bucket: "b", Region: "us-east-1", Prefix: strings.Repeat("p", 100)}}
	for _, path := range []string{"salary.pdf", strings.Repeat("請", 341) + ".tar.gz", strings.Repeat("d/", 100) + strings.Repeat("x", 900)} {
		got, err := l.unguessable(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.space.CheckName(got); err != nil {
			t.Errorf("%d bytes become %d: %v", len(path), len(got), err)
		}
	}
}

func TestCaseTwinsAreNamedOnce(t *testing.T) {
	plan := PutPlan{Items: []PutItem{{Path: "Logo.png"}, {Path: "logo.png"}, {Path: "other.png"}, {Path: "LOGO.PNG"}, {Path: "straße"}, {Path: "STRASSE"}, {Path: "same"}, {Path: "same"}}}
	for range 2 { // also when done again
		plan.noteTwins()
		var got []string
		for _, i := range plan.Items {
			s := ""
			for _, n := range i.Notes {
				s += n.Code + ":" + n.Args["other"]
			}
			got = append(got, s)
		}
		const c = doctor.CaseTwin + ":"
		if s := strings.Join(got, " "); s != c+"logo.png "+c+"Logo.png  "+c+"Logo.png "+c+"STRASSE "+c+"straße  " {
			t.Errorf("twins %q", s)
		}
	}
}
