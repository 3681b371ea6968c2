package diagnose

import "testing"

// Who, what and where of a refusal in the console's Japanese, whose quotation
// marks and full stops stand right after an ARN.
func TestConsoleRefusalNamesWhoWhatAndWhere(t *testing.T) {
	for text, want := range map[string]Denial{
		"ユーザー: arn:aws:iam::999988887777:user/taro は、リソース: arn:aws:iam::123456789012:role/MediaRole に対して sts:AssumeRole を実行する権限がありません。": {
			Principal: "arn:aws:iam::999988887777:user/taro", Action: "sts:AssumeRole", Resource: "arn:aws:iam::123456789012:role/MediaRole",
		},
		"「arn:aws:s3:::alpha/media/写真.png」に対する s3:GetObject の許可がありません": {Action: "s3:GetObject", Resource: "arn:aws:s3:::alpha/media/"},
		"アクション：s3:PutObject\nリソース：arn:aws:s3:::alpha/a.png。\nコンテキスト：アクセス許可の境界で許可されていません": {
			Action: "s3:PutObject", Resource: "arn:aws:s3:::alpha/a.png", Layer: LayerBoundary,
		},
		"IDベースのポリシーで s3:PutObject が許可されていないため、アクセスが拒否されました": {Action: "s3:PutObject", Layer: LayerIdentity},
		"セッションポリシーに明示的な拒否があるため、s3:GetObject を実行する権限がありません":  {Action: "s3:GetObject", Layer: LayerSession, Explicit: true},
		"arn:aws:iam::123456789012:policy/Guard のサービスコントロールポリシーで明示的に拒否されています": {
			Layer: LayerSCP, Explicit: true,
		},
	} {
		if got, ok := ParseDenial(text); !ok || got != want {
			t.Errorf("%s\nis read as %+v (%v), want\n%+v", text, got, ok, want)
		}
	}
	for _, innocent := range []string{"アップロードしました", "このバケットのポリシーを確認してください", "s3:ListBucket を許可するポリシーを追加しました", "Access Denied"} {
		if got, ok := ParseDenial(innocent); ok {
			t.Errorf("%s is read as %+v", innocent, got)
		}
	}
}
