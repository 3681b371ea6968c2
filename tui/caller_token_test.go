package tui_test

import (
	"testing"

	"github.com/mediadock/mediadock/tui"
	"github.com/mediadock/mediadock/tui/tuitest"
)

const device = "arn:aws:iam::999988887777:mfa/taro"

// asksToken is a UI whose caller needs the code of an MFA device.
func asksToken(t *testing.T, w *tuitest.World, lang string, width, height int) *tuitest.Driver {
	w.Device = device
	m := tui.New(t.Context(), w, tui.Options{Lang: lang, Still: true})
	t.Cleanup(func() {
		if !m.Close(closing) {
			t.Error("a job did not end")
		}
	})
	return tuitest.Open(t, m, width, height)
}

// The code is asked for over whatever is on the screen, six digits and
// nothing else, and reaches who waits for it.
func TestAnMFACodeIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		lang, title, short string
		w, h               int
	}{
		{"en", "MFA code", "The code has 6 digits.", 80, 24},
		{"ja", "MFAコード", "コードは6桁の数字です。", 80, 24},
		{"en", "MFA code", "The code has 6 digits.", 40, 12},
	} {
		w := busy()
		d := asksToken(t, w, c.lang, c.w, c.h)
		d.See(c.title)
		if c.w >= 80 {
			d.See(device)
		}
		d.Type("1a2-3")
		d.Press("q", "?")
		d.Type("４５")
		d.See("> 12345")
		if cur := d.View().Cursor; cur == nil {
			t.Error("the field has no cursor")
		}
		d.Press("enter")
		d.See(c.short)
		d.Fits()
		d.Type("6789")
		d.NotSee(c.short)
		d.See("> 123456")
		d.NotSee("1234567")
		d.Press("enter")
		d.NotSee(c.title)
		d.See("9999-8888-7777")
		d.Settle()
		if len(w.Codes) != 1 || w.Codes[0] != "123456" {
			t.Errorf("AWS got %q", w.Codes)
		}
	}
}

// A code can be pasted as it is written elsewhere.
func TestAnMFACodeIsPasted(t *testing.T) {
	w := busy()
	d := asksToken(t, w, "en", 80, 24)
	d.See("MFA code")
	d.Paste(" 123 456\n")
	d.Press("enter")
	d.NotSee("MFA code")
	d.Settle()
	if len(w.Codes) != 1 || w.Codes[0] != "123456" {
		t.Errorf("AWS got %q", w.Codes)
	}
}

// Without a code nothing is asked of AWS, and everything else works.
func TestNoMFACodeIsGiven(t *testing.T) {
	for lang, want := range map[string]string{"en": "No MFA code was given, so AWS was not asked.", "ja": "MFAコードが入力されなかったため、AWSには問い合わせていません。"} {
		w := busy()
		d := asksToken(t, w, lang, 80, 24)
		d.See("MFA")
		d.Type("123")
		d.Press("esc")
		d.See(want)
		d.Settle()
		d.Press("n")
		d.See("microCMS", "ctrl+t")
		if len(w.Codes) > 0 {
			t.Errorf("AWS got %q", w.Codes)
		}
	}
}

// Who quits while a code is asked for is not kept.
func TestQuittingWhileACodeIsAskedFor(t *testing.T) {
	d := asksToken(t, busy(), "en", 80, 24)
	d.See("MFA code")
	d.Press("ctrl+c")
	d.NotSee("MFA code") // and the end finds no job that waits
}

// A refused code is asked for again, and why.
func TestAnMFACodeThatAWSRefused(t *testing.T) {
	w := busy()
	w.RefuseCodes = 1
	d := asksToken(t, w, "en", 80, 24)
	d.See("MFA code")
	d.NotSee("AWS refused that code")
	d.Type("111111")
	d.Press("enter")
	d.See("AWS refused that code", "wait for the next one")
	d.Type("222222")
	d.Press("enter")
	d.See("9999-8888-7777")
	d.Settle()
	if len(w.Codes) != 2 {
		t.Errorf("AWS got %q", w.Codes)
	}
}
