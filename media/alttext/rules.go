package alttext

import (
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Patterns are about folded texts where nothing else is said: small letters,
// half width, blanks in place of underscores and hyphens.

const pictureExtensions = `(jpe?g|png|gif|webp|avif|svgz?|heic|heif|bmp|tiff?|ico|jxl|psd|ai)`

var pictureName = lazyregexp.New(`^[^\s/]+(\s[^\s/]+)?\.` + pictureExtensions + `$`)

// cameras are names that cameras, phones and screenshots give.
var cameras = lazyregexp.New(`^(` + strings.Join([]string{
	`(img|image|dsc[a-z]?|dscn|dscf|p|pxl|pict|mvimg|gopr|gx|dji|imag|sam|cimg|hpim|kimg|pano|burst|vid)( [a-z])?[ 0]?\d{3,}[\d a-z.~()]*`,
	`e?\d{3} \d{4}`, `\d{8} \d{6}( .*)?`, `wp \d{8}.*`, `fb img \d+`, `received \d+`, `line [a-z]*\d{6,}`, `s \d{6,}`,
	`(whatsapp|signal|telegram) (image|photo).*`, `photo \d{4} .*\d`,
	`(screen ?shot|screen ?capture|simulator screen ?shot)( .*)?`,
	`(スクリーンショット|スクショ|画面キャプチャ|キャプチャ)[ \d].*`, `スクリーンショット|スクショ|画面キャプチャ`, `写真 \d[\d .:年月日時分秒()]*`, `\d{4}年\d{1,2}月\d{1,2}日.*\d`,
}, `|`) + `)(\.` + pictureExtensions + `)?$`)

func camera(folded string) bool { return cameras.MatchString(folded) }

// untitleds are names that programs give to what nobody has named.
var untitleds = lazyregexp.New(`^(` + strings.Join([]string{
	`(untitled|unnamed|unknown|no ?name|new (image|file|canvas)|bitmap|download|clipboard|paste[d]?)( (image|design|artboard|file))?[ \d()]*`,
	`(frame|rectangle|group|layer|artboard|component|vector|slide|asset|page|fig|figure|canvas|mask group)[ (]*\d+[\d )]*(@\d+x?)?`,
	`(image|img|photo|picture|pic|graphic|banner|icon|logo|thumb|thumbnail|hero|slide|bg)[ (]*\d+[ )]*`,
	`(名称未設定|無題|新規|新しい|ダウンロード|アートボード|レイヤー|グループ|長方形|スライド|フレーム)[ \d()のドキュメント画像ファイル.-]*`,
	`(画像|写真|図|イメージ|バナー|アイコン|ロゴ|サムネイル|サムネ)[ (]*\d+[ )]*`,
	`(.* )?(のコピー|コピー|copy)[ \d()]*`, `.+ ?(のコピー) ?\d*`,
}, `|`) + `)(\.` + pictureExtensions + `)?$`)

func untitled(folded string) bool { return untitleds.MatchString(folded) }

// generic are words that are true of any picture.
var generic = set(
	"image", "images", "img", "picture", "pictures", "pic", "photo", "photos", "photograph", "graphic", "graphics", "illustration",
	"icon", "logo", "banner", "thumbnail", "thumb", "screenshot", "hero", "hero image", "header", "background", "main visual", "mv", "kv",
	"figure", "chart", "diagram", "graph", "map", "product", "product image", "alt", "avatar", "cover", "cover image", "eyecatch", "eye catch",
	"画像", "写真", "イメージ", "イメージ画像", "イメージ写真", "図", "図表", "イラスト", "グラフ", "地図", "アイコン", "ロゴ", "ロゴ画像", "バナー", "バナー画像", "サムネイル", "サムネイル画像",
	"商品画像", "商品写真", "アイキャッチ", "アイキャッチ画像", "メインビジュアル", "ヘッダー", "ヘッダー画像", "背景", "背景画像", "スクリーンショット",
)

// placeholders stand where somebody is still to write.
var placeholders = set(
	"todo", "to do", "fixme", "tbd", "tba", "tbc", "wip", "xxx", "xx", "n/a", "na", "none", "null", "nil", "undefined", "nan", "empty", "blank",
	"test", "testing", "sample", "dummy", "example", "placeholder", "alt text", "alttext", "alt text here", "insert alt text", "enter alt text",
	"description", "caption", "text", "title", "asdf", "foo", "bar", "hoge", "fuga", "aaa", "lorem ipsum",
	"代替テキスト", "代替テキストを入力", "ここに代替テキスト", "ここに代替テキストを入力", "altテキスト", "説明", "説明文", "テキスト", "タイトル", "キャプション",
	"テスト", "てすと", "サンプル", "ダミー", "仮", "仮テキスト", "未入力", "未設定", "未定", "未翻訳", "要翻訳", "要確認", "翻訳待ち", "なし", "無し", "ほげ", "あああ",
)

var placeholderShape = lazyregexp.New(`(?i)^\s*[\[(<【（]*\s*(todo|fixme|tbd|xxx|lorem ipsum|要翻訳|未翻訳|翻訳待ち|要確認)([\s:：,、。\])>】）-]|$)`)

// unfilled is a template that nobody has filled in.
var unfilled = lazyregexp.New(`\{\{.*?\}\}|\$\{.*?\}|<%.*?%>|^\[[^\]]*\]$|^\{[^}]*\}$|^%[sd]$|^【[^】]*】$|^<[^>]*>$|(^|\s)__+[a-z_]+__($|\s)`)

func placeholder(alt, folded string) bool {
	bare := strings.Trim(folded, " .…。!?！？:：<>[]()（）【】「」*#")
	return placeholders[folded] || placeholders[bare] || placeholderShape.MatchString(alt) || unfilled.MatchString(strings.TrimSpace(strings.ToLower(alt)))
}

// addresses is about unfolded small letters.
var addresses = lazyregexp.New(`^(([a-z][a-z0-9.]{1,15}:)?//\S+|data:\S+|mailto:\S+|www\.\S+|s3://\S+|[^\s]+\.[a-z]{2,}/\S*|[^\s]*/[^\s]*\.[a-z0-9]{2,5}|[a-z]:\\.*)$`)

// address tells whether a text is a URL or a path: a single word, but for
// paths of Windows.
func address(alt string) bool {
	return addresses.MatchString(strings.ToLower(norm.NFKC.String(strings.TrimSpace(alt))))
}

var englishPicture = lazyregexp.New(`^(this is )?(an? |the )?((stock|close up|closeup|black and white|aerial) )?(image|picture|photo|photograph|graphic|pic|snapshot) (of|showing|shows|depicting|with)\b`)

var japanesePicture = lazyregexp.New(`^(画像|イメージ画像|写真|イメージ|図)( ?[:：] ?| は| で)|^画像[はで]|の(画像|イメージ画像|イメージ写真|イメージ図|イメージ)(です|である)?[。.]?$`)

// saysPicture tells whether a text says that it is about a picture, which a
// screen reader has said already. That something is a painting, a map or an
// illustration is part of what it shows.
func saysPicture(folded string) bool {
	return englishPicture.MatchString(folded) || japanesePicture.MatchString(folded)
}

// mojibake are pairs that Japanese text has which was read in a wrong
// encoding, and nothing else: UTF-8 as Shift_JIS, and as Latin-1.
var mojibake = lazyregexp.New(`(繧|縺|繝|譁|譛|蜀|蟄)[^\s]{0,2}(繧|縺|繝|譁|譛|蜀|蟄|｡|｢|､|ｫ|ｯ)|ã[\x{80}-\x{bf}‚ƒ„…†‡ˆ‰Š‹Œ“”•–—˜™š›œ]|Ã[\x{80}-\x{bf}©¨¤¶¼]`)

func garbled(alt string) bool {
	return strings.ContainsRune(alt, '\uFFFD') || mojibake.MatchString(alt) || strings.Contains(alt, "??????")
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
