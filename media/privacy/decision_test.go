package privacy

import (
	"reflect"
	"testing"
)

func TestDecided(t *testing.T) {
	r := Report{Findings: []Finding{{Code: Place}, {Code: Camera, Detail: "never told"}, {Code: Maker, Stays: true}}, Trouble: TooLarge}
	for _, tt := range []struct {
		stripped, kept bool
		written, kind  string
	}{
		{true, false, "stays: maker; removed: gps, camera; unknown: too-large", DecidedStays},
		{false, true, "kept: gps, camera; stays: maker; unknown: too-large", DecidedKept},
		{false, false, "undecided: gps, camera; stays: maker; unknown: too-large", DecidedUndecided},
	} {
		d := r.Decided(tt.stripped, tt.kept)
		if d.String() != tt.written || d.Kind() != tt.kind || d.Empty() {
			t.Errorf("%+v: %q, %s", tt, d, d.Kind())
		}
		back, err := ParseDecision(d.String())
		if err != nil || !reflect.DeepEqual(back, d) {
			t.Errorf("%q is read as %+v, %v", d, back, err)
		}
	}
	if d := (Report{Findings: r.Findings[:2]}).Decided(true, false); d.Kind() != DecidedRemoved {
		t.Errorf("%q is %s", d, d.Kind())
	}
	if d := (Report{Format: JPEG}).Decided(true, true); !d.Empty() || d.String() != "" {
		t.Errorf("of nothing: %q", d)
	}
}

// People and spreadsheets write it otherwise; a later version has more codes.
func TestDecisionsAreReadTolerantly(t *testing.T) {
	d, err := ParseDecision(" Removed :gps,camera ;; kept: of-a-later-version; removed: date ")
	if want := "kept: of-a-later-version; removed: gps, camera, date"; err != nil || d.String() != want {
		t.Errorf("%q, %v", d, err)
	}
	for _, s := range []string{"gps", "removed", "removed:", "taken: gps", "removed: 35.7 N", "unknown: damaged, other", "kept: gps,", "kept: ＧＰＳ"} {
		if d, err := ParseDecision(s); err == nil {
			t.Errorf("%q is read as %+v", s, d)
		}
	}
}
