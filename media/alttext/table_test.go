package alttext

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

func TestReadTable(t *testing.T) {
	in := "\uFEFFurl,path,alt,mark,reason,revision,,\r\n" +
		",,,,,,,\r\n" +
		"https://x/a.jpg,a.jpg,'=1+1,,missing,r0011223344,my note\r\n" +
		"https://x/b.jpg,b.jpg,,decorative,missing,r5566778899\r\n" +
		"https://x/c.jpg,c.jpg\r\n"
	tab, err := ReadTable(strings.NewReader(in))
	if err != nil || len(tab.Rows) != 3 {
		t.Fatalf("%+v %v", tab, err)
	}
	a, b, c := tab.Rows[0], tab.Rows[1], tab.Rows[2]
	if a.Path != "a.jpg" || *a.Alt != "=1+1" || a.Mark != nil || a.Emptied || a.Revision != "r0011223344" || a.Line != 3 {
		t.Errorf("%+v", a)
	}
	if b.Alt != nil || *b.Mark != decorative || !b.Emptied {
		t.Errorf("%+v", b)
	}
	if c.Alt != nil || c.Mark != nil || !c.Emptied || c.Revision != "" {
		t.Errorf("%+v", c)
	}
}

func TestReadTableOfJapaneseExcel(t *testing.T) {
	in, err := japanese.ShiftJIS.NewEncoder().String("path,alt,mark\r\n写真/桜.jpg,満開の桜,\r\n線.png,,装飾\r\n")
	if err != nil {
		t.Fatal(err)
	}
	tab, err := ReadTable(strings.NewReader(in))
	if err != nil || tab.Encoding != "Shift_JIS" || *tab.Rows[0].Alt != "満開の桜" || tab.Rows[0].Path != "写真/桜.jpg" || *tab.Rows[1].Mark != decorative {
		t.Errorf("%+v %v", tab, err)
	}
}

// Both forms in which alt texts went out before are still taken.
func TestReadTableOfTheCatalogue(t *testing.T) {
	for _, in := range []string{
		"path,alt,tags,creator,alt_mark\na.jpg,A cat,\"x, y\",me,checked\n",
		`{"version":1,"media":[{"path":"a.jpg","alt":"A cat","tags":["x, y"],"creator":"me","alt_mark":"checked"}]}`,
		` {"version":1,"media":[{"path":"a.jpg","url":"https://x/a.jpg","alt":"A cat","mark":"checked","reasons":["generic"],"tags":["x, y"],"creator":"me"}]}`,
	} {
		tab, err := ReadTable(strings.NewReader(in))
		if err != nil || len(tab.Rows) != 1 {
			t.Fatalf("%s: %+v %v", in, tab, err)
		}
		r := tab.Rows[0]
		if *r.Alt != "A cat" || (*r.Tags)[0] != "x, y" || *r.Creator != "me" || *r.Mark != checked {
			t.Errorf("%s: %+v", in, r)
		}
	}
}

func TestWrongTables(t *testing.T) {
	for in, want := range map[string]TableError{
		"":                                    {Code: "empty"},
		" \r\n":                               {Code: "empty"},
		",,\n,,\n":                            {Code: "empty"},
		"alt\nx\n":                            {Code: "no-path", Line: 1},
		"path,color\nx,y\n":                   {Code: "column", Line: 1, Detail: "color"},
		"path,mark,alt_mark\n":                {Code: "column-twice", Line: 1, Detail: "mark"},
		"path,alt\n,x\n":                      {Code: "path", Line: 2},
		"path,alt\na,x\nb,y\na,z\n":           {Code: "twice", Line: 4, Detail: "a"},
		"path,alt,mark\na,,pretty\n":          {Code: "mark", Line: 2, Detail: "pretty"},
		"path,alt,mark\na,x,decorative\n":     {Code: "both", Line: 2, Detail: "a"},
		"path,alt\na,#NAME?\n":                {Code: "computed", Line: 2, Detail: "#NAME?"},
		"path,alt\na,\"x\n":                   {Code: "syntax", Line: 2},
		"path\n\xff\xfd\xa0":                  {Code: "encoding"},
		`{"version":2}`:                       {Code: "syntax", Detail: "version 2"},
		`{"version":1,"media":[{"alt":"x"}]}`: {Code: "path"},
	} {
		_, err := ReadTable(strings.NewReader(in))
		var got *TableError
		if !errors.As(err, &got) || got.Code != want.Code || want.Line != 0 && got.Line != want.Line || want.Detail != "" && got.Detail != want.Detail {
			t.Errorf("%q: %+v, want %+v", in, err, want)
		}
	}
}

func TestRevision(t *testing.T) {
	a := Revision("A cat", "")
	if a != Revision("A cat", "") || a == Revision("A cat", checked) || a == Revision("A dog", "") || a[0] != 'r' || len(a) != 11 {
		t.Error(a)
	}
}
