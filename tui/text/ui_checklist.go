package text

// ChecklistWords say how far the documents for AWS are.
type ChecklistWords struct {
	Trust, Permissions  string
	Bucket, Request     string
	Needs               string
	Title               string
	Count               string // {n} {of}
	Ready, Marked       string
	Again, Proved       string
	ReadyToSend, Sent   string
	SendAgain, Answered string
	SendTo, Also        string
	KeyMark, KeyUnmark  string
	KeyOpen             string
	KeyAlone            string // back to the document without what was pasted
	PasteExisting       string
	MarkHint            string
	NotKept             string // {reason}
}

func checklistEN(u *UI) {
	u.Checklist = ChecklistWords{
		Trust: "Trust policy", Permissions: "Permissions policy", Bucket: "Bucket policy", Request: "Request",
		Needs: "still needs answers",
		Title: "What goes where in AWS",
		Count: "{n} of {of} proved",
		Ready: "ready to paste", Marked: "marked as pasted",
		Again: "changed: to be pasted again", Proved: "proved by the last test",
		ReadyToSend: "ready to send", Sent: "marked as sent",
		SendAgain: "changed: to be sent again", Answered: "answered: all of it is in place",
		SendTo: "To whoever administers AWS; not needed if that is you.", Also: "Also look at:",
		KeyAlone:      "without it",
		PasteExisting: "Is there a policy already? Paste it here, and this is appended to it.",
		KeyMark:       "mark as pasted", KeyUnmark: "not pasted",
		KeyOpen:  "show",
		MarkHint: "Once it is pasted, space marks it.",
		NotKept:  "The mark could not be kept: {reason}",
	}
}

func checklistJA(u *UI) {
	u.Checklist = ChecklistWords{
		Trust: "信頼ポリシー", Permissions: "許可ポリシー", Bucket: "バケットポリシー", Request: "依頼書",
		Needs: "未入力の項目あり",
		Title: "AWSでの貼り付け先",
		Count: "{of} 件中 {n} 件を確認済み",
		Ready: "貼り付けできます", Marked: "貼り付け済み（自己申告）",
		Again: "変更あり：貼り直しが必要", Proved: "前回のテストで確認済み",
		ReadyToSend: "送付できます", Sent: "送付済み（自己申告）",
		SendAgain: "変更あり：再送が必要", Answered: "対応済み：すべて設定されています",
		SendTo: "AWS管理者に送付（ご自身が管理者の場合は不要）", Also: "あわせて確認：",
		KeyAlone:      "追記分だけを表示",
		PasteExisting: "すでにポリシーがある場合は、ここに貼り付けると、この内容を追記した全体を表示します。",
		KeyMark:       "貼り付け済みにする", KeyUnmark: "貼り付け済みを取り消す",
		KeyOpen:  "表示",
		MarkHint: "貼り付けたら、spaceで貼り付け済みにできます。",
		NotKept:  "印を保存できませんでした：{reason}",
	}
}
