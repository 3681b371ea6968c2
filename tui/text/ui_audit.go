package text

// AuditWords belong to the comparison of catalogue and bucket.
type AuditWords struct {
	Title                                 string
	Comparing, Mending                    string
	Listing                               string // {n}
	Reading                               string // {n} {of}
	Failed, Stopped, NotRun               string
	Agree                                 string // {n}
	Found                                 string // {n} {of}
	Group                                 string // {kind} {n}
	First                                 string // {kind} {n} {of}
	Shallow                               string
	Unread, Renames, Uploads, Mended      string // {n}
	MendedSome                            string // {n} {left}
	MoreToMend                            string
	Left                                  string
	AltText, Why, Todo, Command, CopyWhat string
	NoCommand                             string
	DeepTitle, DeepBody                   string
	DeepCount                             string // {n}
	DeepYes, DeepOff                      string
	RepairTitle, RepairMoved              string // {n}
	RepairChanged, RepairYes, AndMore     string // {n}
	RepairBody, Nothing                   string
	LosingAudit, LosingRepair             string
}

func auditENUI(u *UI) {
	u.Audit = AuditWords{
		Title: "audit", Comparing: "Comparing catalogue and bucket.", Mending: "Mending the catalogue.",
		Listing: "{n} file{s} listed so far.", Reading: "{n} of {of} files read so far.",
		Failed: "The audit did not come to its end; what is below was found before.", Stopped: "Stopped. What is below was found before; ctrl+r begins anew.",
		NotRun: "The audit could not be begun.",
		Agree:  "Catalogue and bucket agree: {n} file{s} looked at.", Found: "{n} finding{s} in {of} files.",
		Group: "{kind}  {n}", First: "{kind}  the first {n} of {of}",
		Shallow: "D also looks at types and origins.",
		Unread:  "{n} file{s} could not be read: not known whether anything is wrong.",
		Renames: "{n} cut short: mediadock media recover", Uploads: "{n} upload{s} cut short: T in the browser goes on",
		Mended: "{n} mended in the catalogue.", MendedSome: "{n} mended in the catalogue, {left} left: somebody was quicker.",
		MoreToMend: "There are more: ctrl+r finds them.", Left: "another by now, left",
		AltText: "Alt text", Why: "Why", Todo: "To do", Command: "Command", CopyWhat: "The command",
		NoCommand: "larger than 5 GiB: no single command can do it",
		DeepTitle: "Read the beginning of every file?",
		DeepBody:  "This finds wrong content types, files that others put there, and files of another service. It changes nothing. It asks S3 once for each file (AWS bills GET requests) and takes longer.",
		DeepCount: "{n} request{s}", DeepYes: "read them", DeepOff: "list alone",
		RepairTitle: "Mend {n} finding{s} in the catalogue?", RepairBody: "Only the catalogue is written. Nothing in the bucket is changed.",
		RepairMoved:   "{n}: alt text, tags and creator go to the new name",
		RepairChanged: "{n}: taken as the file is now. Is the alt text still right?",
		RepairYes:     "mend {n}", AndMore: "and {n} more", Nothing: "None of these can be mended in the catalogue. enter tells what to do.",
		LosingAudit: "The audit", LosingRepair: "Mending the catalogue",
	}
	k := &u.Keys
	k.Audit, k.Deep, k.Repair = "audit", "deep audit", "repair"
}

func auditJAUI(u *UI) {
	u.Audit = AuditWords{
		Title: "監査", Comparing: "カタログとバケットを照合しています。", Mending: "カタログを修復しています。",
		Listing: "{n} 件のファイルを取得しました。", Reading: "{of} 件中 {n} 件を読み取りました。",
		Failed: "監査は途中で終了しました。以下はそれまでに見つかったものです。", Stopped: "停止しました。以下はそれまでに見つかったものです。ctrl+r でやり直せます。",
		NotRun: "監査を開始できませんでした。",
		Agree:  "カタログとバケットは一致しています（{n} 件を確認）。", Found: "{n} 件見つかりました（{of} 件中）。",
		Group: "{kind}　{n}", First: "{kind}　{of} 件中、先頭の {n} 件",
		Shallow: "タイプと保存元は未確認（D で確認）",
		Unread:  "{n} 件は読み取れず、問題の有無は不明です。",
		Renames: "中断した操作 {n} 件：mediadock media recover", Uploads: "中断したアップロード {n} 件：ブラウザーの T から再開できます",
		Mended: "カタログの {n} 件を修復しました。", MendedSome: "カタログの {n} 件を修復しました。{left} 件は先に変更されていたため、そのままです。",
		MoreToMend: "まだ残りがあります。ctrl+r で確認できます。", Left: "変更されていたため未修復",
		AltText: "代替テキスト", Why: "理由", Todo: "対処", Command: "コマンド", CopyWhat: "コマンド",
		NoCommand: "5 GiBを超えるため、1つのコマンドでは変更できません",
		DeepTitle: "すべてのファイルの先頭を読み取りますか？",
		DeepBody:  "コンテンツタイプの誤り、ほかのプログラムで保存されたファイル、別サービスのファイルを見つけます。何も変更しません。ファイルごとにS3へ1回リクエストするため（GETリクエストの料金が発生します）、時間がかかります。",
		DeepCount: "{n} リクエスト", DeepYes: "読み取る", DeepOff: "一覧のみ",
		RepairTitle: "カタログの {n} 件を修復しますか？", RepairBody: "書き込むのはカタログだけです。バケットの内容は変更しません。",
		RepairMoved:   "{n} 件：代替テキスト、タグ、作成者を新しい名前に引き継ぎます",
		RepairChanged: "{n} 件：現在のファイルを正しいものとします。代替テキストは合っていますか？",
		RepairYes:     "{n} 件を修復する", AndMore: "ほか {n} 件", Nothing: "カタログで修復できるものはありません。enter で対処方法を表示します。",
		LosingAudit: "監査", LosingRepair: "カタログの修復",
	}
	k := &u.Keys
	k.Audit, k.Deep, k.Repair = "監査", "詳細監査", "修復"
}
