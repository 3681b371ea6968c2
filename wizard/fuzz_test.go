package wizard

import (
	"slices"
	"strings"
	"testing"
)

// FuzzCheckField holds CheckField to what it promises for any input: it does
// not panic, an accepted value stays as it is, a suggestion is accepted, and
// every text id is one that has words.
func FuzzCheckField(f *testing.F) {
	for _, table := range allTables() {
		for _, r := range table.rows {
			f.Add(uint8(position(table.key)), r.in, r.with.Bucket, r.with.Region)
		}
	}
	ids := map[string]bool{}
	for _, c := range append(ErrorCodes(), NoticeCodes()...) {
		ids[c.ID] = true
	}
	f.Fuzz(func(t *testing.T, which uint8, in, bucket, region string) {
		key := allFields[int(which)%len(allFields)].Key
		s := Settings{Bucket: bucket, Region: region}
		value, notices, err := CheckField(key, in, s)
		checkNormalForm(t, key, in, s)
		cleaned, _ := clean(key, in)
		if secret := secretIn(key, cleaned); secret != "" {
			if err == nil || err.Code != key+".secret" || len(err.Offers())+len(err.Args) > 0 {
				t.Errorf("%s %q holds a %s: %+v", key, in, secret, err)
			}
			Set(&s, key, in)
			if kept := Get(WithoutSecrets(s), key); kept != "" && kept != "false" {
				t.Errorf("%s: %q is kept of %q", key, kept, in)
			}
		}
		for _, n := range notices {
			if !ids[n.Code] {
				t.Errorf("notice %s has no words", n.Code)
			}
		}
		if err == nil {
			checkStays(t, key, value, s)
			return
		}
		if id := strings.TrimPrefix(err.TextID(), "error."); !ids[id] {
			t.Errorf("error %s has no words", id)
		}
		for k, v := range err.Offers() {
			if got, _, e := checkAlone(k, v, s); e != nil || got != v {
				t.Errorf("%s %q offers %q for %s, which becomes %q, %v", key, in, v, k, got, e)
			}
		}
	})
}

// checkNormalForm: bringing settings to their normal form twice changes
// nothing the second time, and has nothing left to clean.
func checkNormalForm(t *testing.T, key, in string, s Settings) {
	t.Helper()
	Set(&s, key, in)
	once, _ := Normalise(s)
	twice, notices := Normalise(once)
	if once != twice {
		t.Errorf("%s %q becomes %+v, then %+v", key, in, once, twice)
	}
	for _, n := range notices {
		if slices.Contains([]string{"space_removed", "invisible_removed", "prefix.slashes_removed", "prefix.root"}, n.Code) {
			t.Errorf("%s %q is cleaned twice: %s", key, in, n.Code)
		}
	}
}

// FuzzFile holds ToFile and FromFile to each other.
func FuzzFile(f *testing.F) {
	f.Add("alpha", "0123", "two\nlines", "/media ")
	f.Add("0x1F", "1_000", "null", "~")
	f.Add("- a", "a: b", "# c", "'d'")
	f.Add("\u0085\u2028", "\ufeff", "\t \x00\x7f", "\"\\")
	f.Add("yes", "1e5", "👩\u200d🔧", "{}")
	f.Fuzz(func(t *testing.T, bucket, externalID, notes, prefix string) {
		want := Settings{
			Bucket: strings.ToValidUTF8(bucket, "\ufffd"), ExternalID: strings.ToValidUTF8(externalID, "\ufffd"),
			Notes: strings.ToValidUTF8(notes, "\ufffd"), Prefix: strings.ToValidUTF8(prefix, "\ufffd"),
		}
		data := ToFile(want, true)
		values, err := FromFile(data)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		var got Settings
		for k, v := range values {
			Set(&got, k, v)
		}
		if got != want {
			t.Errorf("wrote %+v, read %+v\n%s", want, got, data)
		}
	})
}

// FuzzFromFile: any bytes give values or a *FileError with words.
func FuzzFromFile(f *testing.F) {
	for _, r := range fileRows {
		f.Add(r.in)
	}
	ids := map[string]bool{}
	for _, c := range ErrorCodes() {
		ids[c.ID] = true
	}
	f.Fuzz(func(t *testing.T, in string) {
		values, err := FromFile([]byte(in))
		if err != nil {
			e, ok := err.(*FileError)
			if !ok || !ids[strings.TrimPrefix(e.TextID(), "error.")] {
				t.Errorf("%v is no FileError with words", err)
			}
			return
		}
		var s Settings
		for key, v := range values {
			if position(key) < 0 && key != "schema" {
				t.Errorf("let the key %q through", key)
			}
			Set(&s, key, v)
		}
		if len(in) > MaxFile/8 {
			return // writing may quote, which makes it longer than may be read
		}
		back, err := FromFile(ToFile(s, true))
		if err != nil {
			t.Fatalf("%+v was read, but not once it is written: %v", s, err)
		}
		for key, v := range values {
			if position(key) >= 0 && kindOf(key) != Toggle && back[key] != v {
				t.Errorf("%s: %q comes back as %q", key, v, back[key])
			}
		}
	})
}

func TestFuzzSeedsCoverEveryField(t *testing.T) {
	var keys []string
	for _, table := range allTables() {
		keys = append(keys, table.key)
	}
	for _, f := range Fields(DefaultIntegration) {
		if !slices.Contains(keys, f.Key) {
			t.Errorf("%s has no table of rules", f.Key)
		}
	}
}
