package text

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// unwanted are the spellings and the words that another stands for.
var unwanted = []struct {
	re   *regexp.Regexp
	want string
}{
	{regexp.MustCompile(`フォルダ([^ー]|$)|ブラウザ([^ー]|$)|パラメータ([^ー]|$)|サーバ([^ー]|$)|ユーザ([^ー]|$)`), "the long spelling"},
	{regexp.MustCompile(`[ぁ-んァ-ヶ一-龠」』）}](: |:$|:\n)`), "a full-width colon"},
	{regexp.MustCompile(`[ぁ-ん]\?($|[^ *」])|[ぁ-ん]\? [ぁ-ん]`), "a full-width question mark"},
	{regexp.MustCompile(`[ぁ-んァ-ヶ一-龠]\(|\)[ぁ-んァ-ヶ一-龠]`), "full-width parentheses"},
	{regexp.MustCompile(`[ぁ-んァ-ヶ一-龠](?:[.!;]|,[^ ])`), "Japanese punctuation"},
	{regexp.MustCompile(`。。|、、|、。| [。、]`), "one stop"},
	{regexp.MustCompile(`既に|出来ま|下さい|更に|但し`), "kana"},
	{regexp.MustCompile(`依頼文`), "依頼書"},
	{regexp.MustCompile(`実行ユーザー`), "実行者"},
	{regexp.MustCompile(`パブリックアクセスをブロック|パブリックアクセスブロック`), "ブロックパブリックアクセス"},
	{regexp.MustCompile(`外部 ID[^を]|IAM ロール|許可セキュリティ|権限ポリシー|アクセス権ポリシー`), "the term of the settings"},
	{regexp.MustCompile(`テストに成功|テストに失敗`), "合格"},
	{regexp.MustCompile(`\}(?:件|回|秒|日|分|通り|文字|バイト|桁)`), "a space after a number"},
}

// The long spelling, as AWS's Japanese console has it, everywhere.
func TestJapaneseIsSpelledOneWay(t *testing.T) {
	for id, s := range For("ja").codes {
		spelled(t, id, s)
	}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		for i := range v.NumField() {
			switch f := v.Field(i); f.Kind() {
			case reflect.Struct:
				walk(f)
			case reflect.String:
				spelled(t, v.Type().Field(i).Name, f.String())
			}
		}
	}
	walk(reflect.ValueOf(*uiJA()))
}

func spelled(t *testing.T, id, s string) {
	t.Helper()
	if strings.HasSuffix(id, ".example") {
		return // commands
	}
	s = console.ReplaceAllString(s, "")
	for _, u := range unwanted {
		if found := u.re.FindString(s); found != "" {
			t.Errorf("%s: %q should be %s: %q", id, found, u.want, s)
		}
	}
}

// console are words that stand as AWS's console has them, and lines of a file.
var console = regexp.MustCompile(`ブロックパブリックアクセス \(バケット設定\)|署名リクエスト \(推奨\)|外部 ID を要求する|キー: 値|AWS アカウント`)
