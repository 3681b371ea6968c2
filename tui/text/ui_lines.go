package text

// LineWords belong to what the line mode says beside the questions of a
// set-up. One idea a line; a question comes last.
type LineWords struct {
	NoSuchAnswer                     string // {n}
	Comma                            string
	RunsAs                           string // {name} {account}
	Found                            string // {found}
	Whom, GoOn, AskWhom, HelpWhom    string
	Waiting                          string
	Token                            string // {device}
	Documents, AskDocument           string
	HelpDocument, Complete           string
	HelpMark, NotMarkable            string
	MarkHint                         string // {n}
	ExampleFile                      string // {file}
	AskFile                          string
	New, Who, Leave, Else            string
	AskHome, HelpHome, HelpLeave     string
	WhatToDo, AskStep, HelpStep      string
	Test, Media, ForAWS, Edit, Front string
	Forget, Delete                   string
	Resume, Discard                  string
	NewEnvironment, GoOnEnvironment  string
	DeleteEnvironment                string
	AskRemove                        string
	Problem                          string // {problem}
	Changes                          string // {name}
	TestAgain, TestOwner, TestEnd    string
	AskTest, HelpTest                string
	ByCommand, NoCommands            string
	MediaCommands                    string
	Folder                           string // {name}
	TopFolder, MoreMedia, NoMedia    string
	AskMedia, HelpMedia              string
	AddressOf                        string // {path}
	TakeIt, TypeOther, AskSuggestion string
	NotValid                         string // {value}
	TakenAs                          string // {value}
	MoreHits                         string // {n} {shown}
	HelpAnother                      string

	AskName, ChangeAnswers, StopHere string
	AskChange, BackToAnswers         string
	AfterTest, AskAfter, HelpAfter   string
}

func linesEN(u *UI) {
	u.Lines = LineWords{
		NoSuchAnswer: "Type a number from 1 to {n}, or ? for help.",
		Comma:        ", ",
		RunsAs:       "mediadock runs as {name}, AWS account {account}.",
		Found:        "Credentials: {found}.",
		Whom:         "As whom should mediadock run?", GoOn: "Go on as it is",
		AskWhom:   "Number; enter alone goes on as it is",
		HelpWhom:  "These are the AWS profiles of this computer. < or enter alone goes on.",
		Waiting:   "Waiting until that is done. ctrl+c stops.",
		Token:     "{label}; enter alone gives none",
		Documents: "Documents for AWS", AskDocument: "Number of the document; enter alone goes back",
		HelpDocument: "A document is printed, and can be written to a file. < or enter alone goes back.",
		Complete:     "complete",
		HelpMark:     "+ before a number, such as +1, marks a document as pasted, or takes the mark back.",
		MarkHint:     "Once it is pasted, +{n} in the list marks it.",
		NotMarkable:  "There is nothing to mark: it still needs answers, a test has found it, or it is another form of one that is listed.",
		ExampleFile:  "for example {file}",
		AskFile:      "Name of a file to write it to; enter alone writes none",
		New:          "Connect a bucket", Who: "Say who mediadock runs as, and change it", Leave: "Leave mediadock", Else: "More",
		AskHome:   "Number",
		HelpHome:  "Type the number of a connection to test it, to see its media and documents, or to change it.",
		HelpLeave: "ctrl+c leaves at any time; answers given so far are kept as a draft.",
		WhatToDo:  "What can be done", AskStep: "Number; enter alone goes back",
		HelpStep: "Type a number. < or enter alone goes back to the list.",
		Test:     "Test the connection", Media: "Media: list them, and which commands change them", ForAWS: "Documents for AWS: policies, request, templates",
		Edit: "Change the settings", Front: "Put imgix in front of it", Forget: "Forget it on this computer", Delete: "Delete it: by which command",
		Resume: "Go on with it", Discard: "Discard it",
		NewEnvironment: "Make an environment of it: a copy with all media", GoOnEnvironment: "Go on with its creation", DeleteEnvironment: "Delete it with all its media",
		AskRemove: "Number; enter alone keeps it",
		Problem:   "To look at first: {problem}.",
		Changes:   "changes the connection {name}",
		TestAgain: "Test again", TestOwner: "Test again, and read the owner's side, too", TestEnd: "End the test",
		AskTest: "Number; enter alone ends the test", HelpTest: "The owner's side is role, bucket and policies, read with the credentials of whoever administers them.",
		ByCommand: "This is done by a command:", NoCommands: "In the demo commands cannot reach what is shown here: its AWS ends with it.",
		MediaCommands: "Media are changed by these commands:",
		Folder:        "folder {name}",
		TopFolder:     "Media", MoreMedia: "More", NoMedia: "Nothing is here.",
		AskMedia: "Number; enter alone goes back", HelpMedia: "The number of a folder opens it, that of a file says its address. < or enter alone goes up a folder, and from the top back.",
		AddressOf: "Address of {path}:",
		TakeIt:    "Use it", TypeOther: "Type another answer", AskSuggestion: "1 or 2; enter alone is 2",
		NotValid:      "answered so far, but not valid: {value}",
		TakenAs:       "Taken as: {value}",
		MoreHits:      "{n} match; the first {shown} are listed. Type more of the name to find others.",
		HelpAnother:   "+ makes another external ID.",
		AskName:       "Another name for this connection; enter alone stops here and keeps a draft",
		ChangeAnswers: "Change the answers", StopHere: "Stop here and keep a draft", AfterTest: "What next",
		AskChange:     "Number of the step to begin with; enter alone begins with the first",
		BackToAnswers: "< changes the answers instead.",
		AskAfter:      "Number", HelpAfter: "Nothing is saved as a connection before the test passes. The answers are kept as a draft.",
	}
}

func linesJA(u *UI) {
	u.Lines = LineWords{
		NoSuchAnswer: "1から{n}までの番号を入力してください。? で説明を表示します。",
		Comma:        "、",
		RunsAs:       "mediadockの実行者：{name}（AWSアカウント {account}）",
		Found:        "認証情報：{found}",
		Whom:         "使用するAWSプロファイル", GoOn: "このまま続ける",
		AskWhom:   "番号（enterだけならこのまま続ける）",
		HelpWhom:  "このコンピューターにあるAWSプロファイルの一覧です。< またはenterだけで先に進みます。",
		Waiting:   "完了を待っています。ctrl+cで中止します。",
		Token:     "{label}（enterだけなら入力しない）",
		Documents: "AWS用のドキュメント", AskDocument: "ドキュメントの番号（enterだけなら戻る）",
		HelpDocument: "選んだドキュメントを表示します。ファイルにも保存できます。< またはenterだけで戻ります。",
		Complete:     "完成",
		HelpMark:     "+1 のように番号の前に + を付けると、貼り付け済みの印を付けます。もう一度入力すると取り消します。",
		MarkHint:     "貼り付けたら、一覧で +{n} と入力すると貼り付け済みにできます。",
		NotMarkable:  "印は付けられません。未入力の項目があるか、テストで確認済みか、一覧のほかのドキュメントと同じ内容を別の形式にしたものです。",
		ExampleFile:  "例：{file}",
		AskFile:      "保存先のファイル名（enterだけなら保存しない）",
		New:          "バケットを接続する", Who: "実行者を確認・変更する", Leave: "mediadockを終了する", Else: "その他",
		AskHome:   "番号",
		HelpHome:  "接続の番号を入力すると、テスト、メディアやドキュメントの表示、設定の変更ができます。",
		HelpLeave: "ctrl+cでいつでも終了できます。それまでの回答は下書きに残ります。",
		WhatToDo:  "できること", AskStep: "番号（enterだけなら戻る）",
		HelpStep: "番号を入力してください。< またはenterだけで一覧に戻ります。",
		Test:     "接続をテストする", Media: "メディアの一覧と、変更するためのコマンドを見る", ForAWS: "AWS用のドキュメント（ポリシー、依頼書、テンプレート）を見る",
		Edit: "設定を変更する", Front: "前にimgixを置く", Forget: "このコンピューターから登録を削除する", Delete: "削除するためのコマンドを見る",
		Resume: "続きから再開する", Discard: "破棄する",
		NewEnvironment: "環境（メディアを含むコピー）を作成する", GoOnEnvironment: "作成を再開する", DeleteEnvironment: "メディアとともに削除する",
		AskRemove: "番号（enterだけなら残す）",
		Problem:   "最初に確認すること：{problem}",
		Changes:   "接続 {name} の変更",
		TestAgain: "再テスト", TestOwner: "所有者側も確認して再テスト", TestEnd: "テストを終える",
		AskTest: "番号（enterだけならテストを終える）", HelpTest: "所有者側とは、ロール、バケット、ポリシーのことです。それらを管理する人の認証情報で読み取ります。",
		ByCommand: "次のコマンドで行います：", NoCommands: "デモのAWSはデモの終了とともになくなるため、ここに表示されたものをコマンドから操作することはできません。",
		MediaCommands: "メディアは次のコマンドで変更します：",
		Folder:        "フォルダー {name}",
		TopFolder:     "メディア", MoreMedia: "続きを表示", NoMedia: "何もありません。",
		AskMedia: "番号（enterだけなら戻る）", HelpMedia: "フォルダーの番号で中を表示し、ファイルの番号でURLを表示します。< またはenterだけで上のフォルダーに移り、最上位では前の画面に戻ります。",
		AddressOf: "{path} のURL：",
		TakeIt:    "この値を使う", TypeOther: "別の値を入力する", AskSuggestion: "1または2（enterだけなら2）",
		NotValid:      "現在の回答（無効）：{value}",
		TakenAs:       "次の値として受け付けました：{value}",
		MoreHits:      "{n} 件が一致しました。先頭の {shown} 件を表示します。ほかを探すには、名前をさらに入力してください。",
		HelpAnother:   "+ で外部IDを生成し直します。",
		AskName:       "別の接続名（enterだけなら下書きを残して終了）",
		ChangeAnswers: "回答を変更する", StopHere: "下書きを残して終了する", AfterTest: "次の操作",
		AskChange:     "どのステップから変更しますか。番号（enterだけなら最初から）",
		BackToAnswers: "< を入力すると、保存せずに回答を変更できます。",
		AskAfter:      "番号", HelpAfter: "テストに合格するまで接続は保存しません。回答は下書きに残ります。",
	}
}
