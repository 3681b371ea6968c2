package wizard

import (
	"slices"
	"testing"
)

func sofar(s Settings) (ids []string, lacks map[string][]string) {
	lacks = map[string][]string{}
	for _, one := range PiecesSoFar(s, false) {
		ids = append(ids, one.Piece.ID)
		if len(one.Lacks) > 0 {
			lacks[one.Piece.ID] = fieldsOf(one.Lacks)
		}
	}
	return ids, lacks
}

func TestPiecesAreThereAsSoonAsTheyCanBeMade(t *testing.T) {
	s := Settings{Integration: "cloudinary"}
	if ids, lacks := sofar(s); !slices.Equal(ids, []string{"bucket"}) || !slices.Contains(lacks["bucket"], "bucket") {
		t.Errorf("of nothing: %q lacks %q; a key's policy is asked for by naming the key", ids, lacks)
	}
	s.Bucket, s.Region = "alpha-prod-assets", "ap-northeast-1"
	if ids, lacks := sofar(s); !slices.Equal(ids, []string{"bucket"}) || len(lacks) > 0 {
		t.Errorf("%q lacks %q", ids, lacks)
	}
	const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	s.KMSKeyARNs = key
	if ids, lacks := sofar(s); !slices.Equal(ids, []string{"bucket", "kms-key-1"}) || len(lacks) > 0 {
		t.Errorf("%q lacks %q", ids, lacks)
	}
	if all := PiecesSoFar(Settings{Bucket: "alpha-prod-assets"}, false); all != nil {
		t.Errorf("microCMS has policies, no pieces: %+v", all)
	}
}

func TestPiecesAreMarkedEachByItself(t *testing.T) {
	s := Settings{Integration: "cloudinary", Bucket: "alpha-prod-assets", Region: "ap-northeast-1", CloudNames: "demo"}
	s.KMSKeyARNs = "arn:aws:kms:ap-northeast-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
	records := marked(s, "bucket", "kms-key-1", DocumentRequest)
	if got := states(s, records); !slices.Equal(got, []PasteState{PasteMarked, PasteMarked, PasteMarked}) {
		t.Errorf("%q", got)
	}
	other := s
	other.KMSKeyARNs = "arn:aws:kms:ap-northeast-1:123456789012:key/ffffabcd-12ab-34cd-56ef-1234567890ab"
	if got := states(other, records); !slices.Equal(got, []PasteState{PasteMarked, PasteAgain, PasteAgain}) {
		t.Errorf("with another key: %q", got)
	}
	for _, kind := range []string{"bucket", "kms-key-1"} {
		rec := records[kind]
		rec.Proved, _ = PrintOf(s, kind)
		records[kind] = rec
	}
	if got := states(s, records); !slices.Equal(got, []PasteState{PasteProved, PasteProved, PasteProved}) {
		t.Errorf("all is in place, so the request is answered: %q", got)
	}
	if got := states(Settings{Integration: "cloudinary"}, nil); !slices.Equal(got, []PasteState{PasteLacks, PasteLacks}) {
		t.Errorf("of nothing: %q", got)
	}
}
