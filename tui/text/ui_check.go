package text

// CheckWords belong to the connection test.
type CheckWords struct {
	Title, TheTest                         string
	Progress                               string // {n} {of}
	Asking, Running, Stopped, CouldNotRun  string
	Pass, Warn, Fail, Skip, Inconclusive   string
	VerdictReady, VerdictWarnings          string
	VerdictFailed, VerdictNotRun           string
	You, Role, Bucket, Reader              string // the chain
	AllWell, NotAll                        string
	MendFirst, LookAt                      string // {what}
	LeftBehind                             string // {n}
	Why, HowSure, Mend, Notes, Evidence    string
	ThePolicy, TheCommand, TheLink         string
	ReportTitle, ReportBody, DocumentTitle string
	FileLabel, NoFileName                  string
	KeyDetails, KeyStop                    string
	KeyChange                              string // {field}
	KeyCopyPolicy, KeyNextCause            string

	ThePolicyWhole, WholeID, FillInID string // the external ID in documents
	WrittenWhole                      string // {path}
	OtherName                         string // {path} {file}
	FileExists                        string // {path}
	NoDirectory, NoPermission         string // {dir}
	NoteMark                          string
	MoreRows                          string // {from} {to} {of}
	MoreLines                         string
	PossibleCauses                    string // {n}
	CauseOf                           string // {n} {of}

	OwnerTitle, OwnerBody, OwnerLabel string
	KeyThisAgain                      string
	OfferWait, OfferOwner             string
	SameCommand                       string // {command}
	PlainBack                         string
	Now, Should                       string // a document as it is, and as it should be
	Refused, Granted                  string

	OwnerByYou            string // beside the heading of the owner's rows
	OwnerByProfile        string // {profile}
	Needs                 string // {what}
	ForVendor, Colon      string
	MendFirstOf, LookAtOf string // {n} {what}
	KeyNextProblem        string
	KeyNextStep, Or       string
	StoppedBack           string
	RuledOutToo           string // {n}
	Waiting, RunningWait  string
	OfferDeploy           string
	RunningDeploy         string
	VendorOnly            string // {vendor}
	OwnerWell             string
	NotAllRows            string // {rows}
	And                   string // between two names
}

func checkEN(u *UI) {
	u.Check = CheckWords{
		Title: "connection test", TheTest: "The connection test",
		Progress: "{n} of {of}",
		Asking:   "asking AWS", Running: "The test writes one small file under the prefix, and removes it again.",
		Stopped:     "The test was stopped. What it had put into the bucket is removed. Press r to run it again.",
		CouldNotRun: "The test could not run. Press r to try again.",
		Pass:        "passed", Warn: "warning", Fail: "failed", Skip: "skipped", Inconclusive: "could not tell",
		VerdictReady: "ready", VerdictWarnings: "ready, with warnings", VerdictFailed: "failed", VerdictNotRun: "not run",
		You: "you", Role: "role", Bucket: "bucket", Reader: "reader",
		AllWell:   "Everything works, from your credentials to the reader's browser.",
		NotAll:    "Nothing failed, but not everything could be proved.",
		MendFirst: "To mend first: {what}.", LookAt: "Worth a look: {what}.",
		LeftBehind: "{n} test files were left behind.",
		Why:        "Why", HowSure: "how sure", Mend: "How to mend it", Notes: "Worth knowing", Evidence: "Evidence",
		ThePolicy: "the policy", TheCommand: "the command", TheLink: "the link",
		ReportTitle: "Save the report", ReportBody: "Markdown, to read or to pass on; it also holds the data for mediadock check --with and --baseline. A name that ends in .json gives the data alone. External IDs are shortened.",
		DocumentTitle: "Write the policy to a file",
		FileLabel:     "File", NoFileName: "Give the file a name.",
		KeyDetails: "details", KeyStop: "stop",
		KeyChange:     "change {field}",
		KeyCopyPolicy: "copy policy", KeyNextCause: "next cause",
		ThePolicyWhole: "the policy, with the full external ID,",
		WholeID:        "Copied (c) or written (w), it has the full external ID in place of <EXTERNAL_ID>.",
		FillInID:       "This connection has no external ID: put one in place of <EXTERNAL_ID> yourself.",
		WrittenWhole:   "written to {path}, with the full external ID",
		OtherName:      "{path}; the command has to name it in place of {file}",
		FileExists:     "{path} exists already and stays as it is. Take this free name, or type another.",
		NoDirectory:    "There is no directory {dir}. Create it first, or type another path.",
		NoPermission:   "You may not write into {dir}. Type a path in another directory.",
		NoteMark:       "note",
		MoreRows:       "-- {from} to {to} of {of}, more with up/down, pgup/pgdn --",
		MoreLines:      "-- more: up/down, pgup/pgdn --",
		PossibleCauses: "{n} possible cause{s}: open the row (enter).",
		CauseOf:        "{n} of {of}",
		OwnerTitle:     "The owner's side",
		OwnerBody:      "With the credentials of whoever administers bucket and role, the policies and settings are read and judged too. Nothing is changed. Name their AWS profile, or leave this empty to use your own credentials.",
		OwnerLabel:     "AWS profile",
		KeyThisAgain:   "test this again",
		OfferWait:      "Changes in AWS need up to a minute: t waits and tries again.",
		OfferDeploy:    "After each Save imgix deploys for some minutes: t waits and tries again.",
		OfferOwner:     "With the owner's credentials (o) the program can tell which.",
		SameCommand:    "The same without the screen: {command}",
		PlainBack:      "Press Enter to go back to mediadock.",
		Now:            "as it is", Should: "as it should be",
		Refused: "asked for", Granted: "allowed",
		OwnerByYou:     "read with your own credentials",
		OwnerByProfile: "read with the profile {profile}",
		Needs:          "needs: {what}",
		ForVendor:      "only the vendor can test this", Colon: ": ",
		MendFirstOf:    "To mend first, of {n} problems: {what}.",
		LookAtOf:       "Worth a look first, of {n} things: {what}.",
		KeyNextProblem: "next problem",
		KeyNextStep:    "next step", Or: "or",
		Waiting:       "waiting",
		RunningWait:   "Trying again until AWS knows the change, for up to a minute. esc stops.",
		RunningDeploy: "Trying again until imgix has deployed the source, for up to 5 minutes. esc stops.",
		RuledOutToo:   "{n} other causes (tab shows them)",
		StoppedBack:   "stopped; this is the result from before",
		VendorOnly:    "The role trusts {vendor} alone, so that the owner's side carries the verdict.",
		OwnerWell:     "It finds everything right.",
		NotAllRows:    "Nothing failed, but nobody has answered for: {rows}.",
		And:           ", ",
	}
}

func checkJA(u *UI) {
	u.Check = CheckWords{
		Title: "接続テスト", TheTest: "接続テスト",
		Progress: "{n} / {of}",
		Asking:   "AWSに確認中", Running: "プレフィックスの下に小さなテスト用ファイルを1つ書き込み、終了時に削除します。",
		Stopped:     "テストを中止しました。バケットに書き込んだものは削除済みです。rキーで再実行できます。",
		CouldNotRun: "テストを実行できませんでした。rキーで再試行できます。",
		Pass:        "合格", Warn: "警告", Fail: "失敗", Skip: "スキップ", Inconclusive: "判定不能",
		VerdictReady: "準備完了", VerdictWarnings: "準備完了（警告あり）", VerdictFailed: "失敗", VerdictNotRun: "未実行",
		You: "あなた", Role: "ロール", Bucket: "バケット", Reader: "閲覧者",
		AllWell:   "認証情報から閲覧者のブラウザーまで、すべて正常です。",
		NotAll:    "失敗はありませんが、確認できなかった項目があります。",
		MendFirst: "最初に直すところ：{what}。", LookAt: "要確認：{what}。",
		LeftBehind: "残っているテスト用ファイル：{n} 件",
		Why:        "原因", HowSure: "確度", Mend: "直し方", Notes: "参考", Evidence: "根拠",
		ThePolicy: "ポリシー", TheCommand: "コマンド", TheLink: "リンク",
		ReportTitle: "レポートの保存", ReportBody: "Markdown形式で、そのまま閲覧や共有ができ、mediadock check --with や --baseline で使うデータも含みます。末尾を .json にするとデータだけを書き出します。外部IDは一部だけを表示します。",
		DocumentTitle: "ポリシーをファイルに保存",
		FileLabel:     "ファイル", NoFileName: "ファイル名を入力してください。",
		KeyDetails: "詳細", KeyStop: "中止",
		KeyChange:     "{field}を変更",
		KeyCopyPolicy: "ポリシーをコピー", KeyNextCause: "次の原因",
		ThePolicyWhole: "ポリシー（外部IDは省略なし）",
		WholeID:        "コピー（c）や保存（w）では、<EXTERNAL_ID> の部分に外部ID全体が入ります。",
		FillInID:       "この接続には外部IDがありません。<EXTERNAL_ID> はご自身で置き換えてください。",
		WrittenWhole:   "{path} に保存しました（外部IDは省略なし）",
		OtherName:      "{path}（コマンド中の {file} はこの名前に置き換えてください）",
		FileExists:     "{path} はすでに存在するため、上書きしていません。空いているこの名前を使うか、別の名前を入力してください。",
		NoDirectory:    "ディレクトリ {dir} がありません。先に作成するか、別のパスを入力してください。",
		NoPermission:   "{dir} に書き込む権限がありません。別のディレクトリのパスを入力してください。",
		NoteMark:       "参考",
		MoreRows:       "-- {from}〜{to} 行目 / 全 {of} 行（up/down、pgup/pgdnで移動） --",
		MoreLines:      "-- 続きがあります：up/down、pgup/pgdn --",
		PossibleCauses: "考えられる原因は {n} 件です。enterキーで行を開いて確認してください。",
		CauseOf:        "{n} / {of}",
		OwnerTitle:     "所有者側の確認",
		OwnerBody:      "バケットとロールの管理者の認証情報で、ポリシーと設定も読み取って判定します。変更は一切行いません。管理者のAWSプロファイル名を入力するか、空欄のままご自身の認証情報を使ってください。",
		OwnerLabel:     "AWSプロファイル",
		KeyThisAgain:   "再テスト",
		OfferWait:      "AWSでの変更の反映には最長1分かかります。tキーで待って再試行できます。",
		OfferDeploy:    "imgixのデプロイは、保存のたびに数分かかります。tキーで待って再試行できます。",
		OfferOwner:     "所有者の認証情報（oキー）があれば、どれが原因かを特定できます。",
		SameCommand:    "画面を使わずに実行する場合：{command}",
		PlainBack:      "Enterキーを押すとmediadockに戻ります。",
		Now:            "現在", Should: "修正後",
		Refused: "要求", Granted: "許可",
		OwnerByYou:     "ご自身の認証情報で読み取り",
		OwnerByProfile: "プロファイル {profile} で読み取り",
		Needs:          "前提：{what}",
		ForVendor:      "提供元だけがテスト可能", Colon: "：",
		MendFirstOf:    "最初に直すところ（全 {n} 件）：{what}。",
		LookAtOf:       "最初に確認するところ（全 {n} 件）：{what}。",
		KeyNextProblem: "次の問題",
		KeyNextStep:    "次の手順", Or: "または",
		Waiting:       "待機中",
		RunningWait:   "変更がAWSに反映されるまで、最長1分間再試行します。escキーで中止できます。",
		RunningDeploy: "imgixのデプロイが完了するまで、最長5分間再試行します。escキーで中止できます。",
		RuledOutToo:   "ほか {n} 件（tabで表示）",
		StoppedBack:   "中止しました。表示しているのは前回の結果です",
		VendorOnly:    "ロールが信頼しているのは {vendor} だけのため、所有者側の結果で判定します。",
		OwnerWell:     "問題は見つかりませんでした。",
		NotAllRows:    "失敗はありませんが、確認できていない項目があります：{rows}。",
		And:           "、",
	}
}
