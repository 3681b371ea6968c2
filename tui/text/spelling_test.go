package text

import (
	"reflect"
	"regexp"
	"testing"
)

var short = regexp.MustCompile(`フォルダ([^ー]|$)|ブラウザ([^ー]|$)`)

// The long spelling, as AWS's Japanese console has it, everywhere.
func TestJapaneseIsSpelledOneWay(t *testing.T) {
	for id, s := range For("ja").codes {
		if short.MatchString(s) {
			t.Errorf("%s: %q", id, s)
		}
	}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); f.Kind() {
			case reflect.Struct:
				walk(f)
			case reflect.String:
				if short.MatchString(f.String()) {
					t.Errorf("%s: %q", v.Type().Field(i).Name, f.String())
				}
			}
		}
	}
	walk(reflect.ValueOf(*uiJA()))
}
