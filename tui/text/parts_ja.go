package text

// partsJA is partsEN in Japanese.
var partsJA = map[string]string{
	"field.parts.label": "ロールを使うのは誰ですか？",
	"field.parts.help":  "メディアの書き込みはIAMロールを通して行われます。ロールを引き受けられる相手は信頼ポリシーで指定し、どの相手にも外部IDの提示を求めます。",
	"field.parts.where": "",

	"choice.parts.vendor.label": "{service}だけ（{service}自身のAWSアカウントから）",
	"choice.parts.vendor":       "ロールを引き受けられるのは{service}だけなので、ここから実際にテストすることはできず、代わりにAWS管理者側の設定を確認します。mediadockでのメディアの操作には、お客様自身のAWSの権限を使います。",
	"choice.parts.both.label":   "{service}とmediadockの両方",
	"choice.parts.both":         "{service}とお客様が、それぞれのAWSアカウントからロールを引き受けます。すべてここから実際にテストできます。信頼ポリシーには{service}とお客様の両方のアカウントが必要です。",
	"choice.parts.caller.label": "mediadockだけ（{service}はまだ書き込まない）",
	"choice.parts.caller":       "ロールを引き受けられるのはお客様自身のAWSアカウントだけで、すべてここから実際にテストできます。信頼ポリシーに{service}のアカウントを追加するまで、{service}は接続できません。",
	"choice.parts.as-set.label": "現在の設定のまま",
	"choice.parts.as-set":       "accessは {access}、trusted_principalは {trusted_principal}、managed_byは {managed_by} です。ほかの回答を選ぶまで変わりません。",

	"error.parts.missing": "ロールを使うのは誰かを選択してください。信頼ポリシーの内容がこれで決まります。",
	"error.parts.unknown": "「{value}」という選択肢はありません。表示されているものから選択してください。",
}
