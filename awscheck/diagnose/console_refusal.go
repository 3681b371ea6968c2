package diagnose

import (
	"strings"

	"github.com/mediadock/mediadock/media/lazyregexp"
)

// AWS's console says a refusal in the reader's language, in sentences that
// differ between its pages and change with the years: "アクセスが拒否されました",
// "s3:ListBucket の許可がありません", "次のことを実行する権限がありません: ...",
// and a box of labelled lines that people are asked to send to their
// administrator. What counts in all of them is read one by one: that it is a
// refusal, and the action, the ARNs and the kind of policy in it.

var (
	reRefusedJA = lazyregexp.New(`アクセス(?:は|が|を)?\s*拒否|(?:許可|権限)(?:が|は)(?:ありません|ない|必要です|不足)|(?:許可|承認|認可)されて(?:いません|いない)|明示的(?:な|に)拒否`)
	// reBoxLabel is the line of the console's box that names what was refused.
	reBoxLabel  = lazyregexp.New(`(?im)(?:^|\s)(?:Action|アクション)[ \t]*[:：][ \t]*([a-z0-9-]+:[A-Za-z0-9*]+)`)
	reActionJA  = lazyregexp.New(`(?:^|[^A-Za-z0-9:/._-])((?:s3|s3express|sts|kms|iam|cloudfront|acm|cloudtrail|organizations|access-analyzer):[A-Z][A-Za-z]+)`)
	rePlainARN  = lazyregexp.New(`arn:aws[a-z-]*:[a-z0-9-]+:[A-Za-z0-9-]*:[0-9]*:[!-&(-+\--;=?-~]+`)
	reWhoARN    = lazyregexp.New(`^arn:aws[a-z-]*:(?:sts::\d*:(?:assumed-role|federated-user)/|iam::\d*:(?:user/|root$))`)
	reContext   = lazyregexp.New(`(?is)(?:Context|コンテキスト)[ \t]*[:：]\s*(.{0,300})`)
	reNoneOf    = lazyregexp.New(`(?i)^(?:because\s+)?no\s+` + spaced(layerNames) + `\s+allows?`)
	reOfAWS     = lazyregexp.New(`AWS|S3|IAM|バケット|オブジェクト|ロール|ポリシー`)
	reSwitched  = lazyregexp.New(`(?:1 ?つ(?:または複数|以上)の)?フィールドに無効な情報|無効な情報が.{0,20}フィールド|Invalid information in one or more fields`)
	reExplicitJ = lazyregexp.New(`明示的(?:な|に)拒否`)
)

// layersJA are the kinds of policy as the Japanese console and AWS's Japanese
// pages name them.
var layersJA = []struct {
	layer Layer
	re    *lazyregexp.Regexp
}{
	{LayerIdentity, lazyregexp.New(`(?:アイデンティティ|ID)\s*ベースの?\s*ポリシー`)},
	{LayerResource, lazyregexp.New(`リソース\s*ベースの?\s*ポリシー|バケットポリシー`)},
	{LayerSession, lazyregexp.New(`セッション\s*ポリシー`)},
	{LayerSCP, lazyregexp.New(`サービス\s*コントロール\s*ポリシー|\bSCP\b`)},
	{LayerRCP, lazyregexp.New(`リソース\s*コントロール\s*ポリシー|\bRCP\b`)},
	{LayerVPCEndpoint, lazyregexp.New(`VPC\s*エンドポイントの?\s*ポリシー`)},
	{LayerBoundary, lazyregexp.New(`(?:アクセス)?(?:許可|権限)の?境界`)},
	{LayerTrust, lazyregexp.New(`信頼ポリシー`)},
}

// consoleVerbs tell which request a page was about where it names no action.
var consoleVerbs = []struct {
	operation string
	re        *lazyregexp.Regexp
}{
	{"sts:AssumeRole", lazyregexp.New(`ロールの切り替え|ロールを(?:切り替え|引き受け)|Switch Role`)},
	{"s3:PutObject", lazyregexp.New(`アップロード`)},
	{"s3:DeleteObject", lazyregexp.New(`オブジェクトの?を?削除|削除に失敗`)},
	{"s3:CopyObject", lazyregexp.New(`コピー(?:に失敗|できません)`)},
	{"s3:GetObject", lazyregexp.New(`ダウンロード`)},
	{"s3:ListObjectsV2", lazyregexp.New(`一覧|リスト`)},
}

// readConsole reads a refusal of AWS's console, false where the text is none.
func (ev *Evidence) readConsole(text string) bool {
	said := strings.Join(strings.Fields(text), " ")
	if reSwitched.MatchString(said) {
		// The page for switching roles says no more than this.
		ev.Code, ev.Message, ev.Operation = "AccessDenied", said, "sts:AssumeRole"
		return true
	}
	if !reRefusedJA.MatchString(text) && !reBoxLabel.MatchString(text) {
		return false
	}
	d, named := consoleDenial(text)
	if !named && !reOfAWS.MatchString(text) || networkWords(text) != "" {
		return false // Windows says the same of a file; a proxy is not AWS
	}
	ev.Code, ev.Message = "AccessDenied", said
	if d.Action == "" {
		ev.Operation = operationOfPage(text)
	}
	return true
}

// operationOfPage is the request that a page was about, by its words.
func operationOfPage(text string) string {
	for _, verb := range consoleVerbs {
		if verb.re.MatchString(text) {
			return verb.operation
		}
	}
	return ""
}

// consoleDenial is what a refusal of AWS's console tells, false where it tells
// nothing.
func consoleDenial(text string) (Denial, bool) {
	var d Denial
	box := reBoxLabel.FindStringSubmatch(text)
	if box == nil && !reRefusedJA.MatchString(text) {
		return d, false
	}
	if box != nil {
		d.Action = box[1]
	} else {
		d.Action = group(reActionJA, text)
	}
	for _, arn := range rePlainARN.FindAllString(text, -1) {
		arn = strings.TrimRight(arn, ".,;:)")
		switch {
		case reWhoARN.MatchString(arn):
			d.Principal = first(d.Principal, arn)
		case !strings.Contains(arn, ":policy/"):
			d.Resource = first(d.Resource, arn)
		}
	}
	d.Layer, d.Explicit = layerJA(text)
	if m := reContext.FindStringSubmatch(text); m != nil && d.Layer == "" {
		if n := reNoneOf.FindStringSubmatch(m[1]); n != nil {
			d.Layer = layerOf(n[1])
		}
	}
	return d, d.Action != "" || d.Principal != "" || d.Resource != "" || d.Layer != ""
}

// layerJA is the kind of policy that a Japanese sentence makes responsible:
// the one named next before the refusal. None where several are named, or
// where the sentence only lists where to look.
func layerJA(text string) (layer Layer, explicit bool) {
	for _, l := range layersJA {
		for _, at := range l.re.FindAllStringIndex(text, -1) {
			after := text[at[1]:min(len(text), at[1]+120)]
			if i := strings.IndexAny(after, "。\n"); i >= 0 {
				after = after[:i]
			}
			before := text[max(0, at[0]-60):at[0]]
			denied := reExplicitJ.MatchString(after) || strings.HasSuffix(strings.TrimSpace(before), "明示的な拒否が")
			if !denied && !reRefusedJA.MatchString(after) && !strings.Contains(after, "許可しません") && !strings.Contains(after, "許可していません") && !strings.Contains(after, "許可するものがありません") {
				continue
			}
			if layer != "" && layer != l.layer {
				return "", false
			}
			layer, explicit = l.layer, explicit || denied
		}
	}
	return layer, explicit
}
