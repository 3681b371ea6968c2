package text

// PlainWords belong to the line mode.
type PlainWords struct {
	Intro, Commands string
	Step            string // {n} {of} {title}
	Keeps           string // {value}
	LockedField     string // {label} {value}
	NoSuchNumber    string // {n}
	TableRow        string // {row} {example}
	TableKeeps      string
	TableNoRow      string
	Needed          string
	Suggests        string // {label} {value}
	TestBegins      string
	TestReads       string // where nothing is written
	Row             string // {n} {of} {status} {what}
	StillWorking    string
	Verdict         string // {verdict}
}

func plainEN(u *UI) {
	u.Plain = PlainWords{
		Intro:        "Type an answer and press enter.\nenter alone keeps what is there.\n? explains a question, < goes back to the one before.",
		Commands:     "enter alone keeps what is there.\n- empties the answer.\n< goes back to the question before.\n= shows what follows from the answers: addresses, and documents for AWS.\n@ says who mediadock runs as, and changes it.",
		Step:         "Step {n} of {of}: {title}",
		Keeps:        "enter alone keeps: {value}",
		LockedField:  "{label}: {value} (locked, because media exist)",
		NoSuchNumber: "Type a number from 1 to {n}.",
		TableRow:     "Type a row: {row}, for example {example}",
		TableKeeps:   "-1 removes row 1. enter alone keeps the rows.",
		TableNoRow:   "There is no row of that number.",
		Needed:       "This is needed.",
		Suggests:     "Suggestion for {label}: {value}",
		TestBegins:   "Connection test. It uploads a small test file, reads it back and removes it.",
		TestReads:    "Connection test. It reads with imgix's key and tries what the key must not do; nothing is changed.",
		Row:          "{n} of {of}, {status}: {what}",
		StillWorking: "Still working.",
		Verdict:      "Result: {verdict}",
	}
}

func plainJA(u *UI) {
	u.Plain = PlainWords{
		Intro:        "回答を入力してenterを押してください。\nenterだけなら現在の値のままです。\n? で質問の説明を表示し、< で1つ前の質問に戻ります。",
		Commands:     "enterだけなら現在の値のままです。\n- で空欄にします。\n< で1つ前の質問に戻ります。\n= でここまでの回答によるURLとAWS用のドキュメントを表示します。\n@ で実行者を確認・変更します。",
		Step:         "ステップ {n} / {of}：{title}",
		Keeps:        "enterだけの場合：{value}",
		LockedField:  "{label}：{value}（メディアがあるため変更できません）",
		NoSuchNumber: "1から{n}までの番号を入力してください。",
		TableRow:     "1行ずつ入力してください：{row}　例：{example}",
		TableKeeps:   "-1 で1行目を削除します。enterだけなら現在の行のままです。",
		TableNoRow:   "その番号の行はありません。",
		Needed:       "入力が必要です。",
		Suggests:     "{label}の候補：{value}",
		TestBegins:   "接続テストを実行します。小さなテスト用ファイルをアップロードし、読み取った後に削除します。",
		TestReads:    "接続テストを実行します。imgixのキーで読み取り、不要な権限がないかも確認します。何も変更しません。",
		Row:          "{n} / {of} {status}：{what}",
		StillWorking: "処理を続けています。",
		Verdict:      "結果：{verdict}",
	}
}
