package text

// PlainWords belong to the line mode.
type PlainWords struct {
	Intro, Commands string
	Step            string // {n} {of} {title}
	Keeps           string // {value}
	LockedField     string // {label} {value}
	NoSuchNumber    string // {n}
	Needed          string
	Suggests        string // {label} {value}
	UseIt           string
	TestBegins      string
	Row             string // {n} {of} {status} {what}
	StillWorking    string
	Verdict         string // {verdict}
	AfterFailure    string
}

func plainEN(u *UI) {
	u.Plain = PlainWords{
		Intro:        "Setting up a connection. Type an answer and press enter. enter alone keeps what is there, - empties it, ? explains, < goes back a step.",
		Commands:     "enter alone keeps what is there, - empties it, < goes back a step.",
		Step:         "Step {n} of {of}: {title}",
		Keeps:        "enter alone keeps: {value}",
		LockedField:  "{label}: {value} (locked, because media exist)",
		NoSuchNumber: "Type a number from 1 to {n}.",
		Needed:       "This is needed.",
		Suggests:     "Suggestion for {label}: {value}",
		UseIt:        "Use it? y or n",
		TestBegins:   "Connection test. It uploads a small test file, reads it back and removes it.",
		Row:          "{n} of {of}, {status}: {what}",
		StillWorking: "Still working.",
		Verdict:      "Result: {verdict}",
		AfterFailure: "1. test again   2. change the answers   3. stop here and keep a draft   4. read the owner's side, too",
	}
}

func plainJA(u *UI) {
	u.Plain = PlainWords{
		Intro:        "接続を設定します。回答を入力してenterを押してください。enterだけなら現在の値のまま、- で空欄、? で説明、< で前のステップに戻ります。",
		Commands:     "enterだけなら現在の値のまま、- で空欄、< で前のステップに戻ります。",
		Step:         "ステップ {n} / {of}: {title}",
		Keeps:        "enterだけの場合: {value}",
		LockedField:  "{label}: {value}（メディアがあるため変更できません）",
		NoSuchNumber: "1から{n}までの番号を入力してください。",
		Needed:       "入力が必要です。",
		Suggests:     "{label}の候補: {value}",
		UseIt:        "この値を使いますか? y または n",
		TestBegins:   "接続テストを実行します。小さなテスト用ファイルをアップロードし、読み取った後に削除します。",
		Row:          "{n} / {of} {status}: {what}",
		StillWorking: "処理を続けています。",
		Verdict:      "結果: {verdict}",
		AfterFailure: "1. 再テスト   2. 回答を変更   3. 下書きを残して終了   4. 所有者側も確認",
	}
}
