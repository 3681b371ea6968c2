package text

// AltWords belong to the workbench for alt texts.
type AltWords struct {
	Title, Counting, NotCounted, NoImages     string
	Position                                  string // {n} {of}
	CountMissing, CountSuspicious, CountHints string // {n}
	CountDecorative, CountImages              string // {n}
	AllDone                                   string
	SomeLeft                                  string // {n}
	Label, Hint, Writing, Written             string
	Length                                    string // {n} {of}
	Changed, ChangedHow, ChangedAsk, Offers   string
	ChangedSay, Saved                         string // {name}
	NothingTyped, TypedFirst                  string
	DecorativeTitle, DecorativeBody           string
	DecorativeYes                             string
	Unsaved, LeaveTitle                       string // {n}
	LeaveBody, LeaveWrite, LeaveDrop          string
	ScopeWhole, ScopeFolder                   string
	NoneLeft, NoLast, NotDecorative, Gone     string
}

func altEN(u *UI) {
	u.Alt = AltWords{
		Title: "alt texts", Counting: "Counting the images.", NotCounted: "The images could not be counted.",
		NoImages: "There are no images here.", Position: "{n} of {of}",
		CountMissing: "{n} without", CountSuspicious: "{n} suspicious", CountHints: "{n} long",
		CountDecorative: "{n} decorative", CountImages: "{n} image{s}",
		AllDone: "Every image has an alt text or is decorative.", SomeLeft: "End of the list. {n} are left to look at: pgdn goes back to them, ctrl+r counts again.",
		Label: "Alt text", Hint: "what the image tells", Writing: "writing", Written: "written",
		Length: "{n} of {of} characters", Changed: "Written by somebody else meanwhile",
		ChangedHow: "enter writes yours over it, tab takes theirs",
		ChangedAsk: "Nothing was written over. Saving writes yours in its place.", Offers: "Another size of this image has:",
		ChangedSay: "{name} was changed by somebody else meanwhile. Nothing was written over.", Saved: "{name} is written",
		NothingTyped:    "Nothing is typed. F4 marks the image as decorative; down goes on without.",
		TypedFirst:      "There is text that is not written. Write it with enter, or empty the line with ctrl+u.",
		DecorativeTitle: "Mark as decorative?", DecorativeBody: "A decorative image has no alt text. This one goes:",
		DecorativeYes: "mark as decorative, without alt text",
		Unsaved:       "Writing {n} alt text{s}", LeaveTitle: "{n} alt text{s} typed and not written",
		LeaveBody: "Typed texts are written with enter.", LeaveWrite: "write and leave", LeaveDrop: "leave without them",
		ScopeWhole: "all folders", ScopeFolder: "this folder",
		NoneLeft: "There is no other image left to write about.", NoLast: "Nothing was written yet that could be taken again.",
		NotDecorative: "not decorative", Gone: "No longer in the bucket. What is written is kept for when it is back.",
	}
	k := &u.Keys
	k.AltTexts, k.AltSave, k.AltSkip, k.AltPrev = "alt texts", "write, next", "skip", "previous"
	k.AltDecorative, k.AltChecked, k.AltOffer, k.AltScope = "decorative", "right as it is", "take offer", "folder"
	k.AltNext, k.AltAgain, k.AltPicture = "next without", "last text again", "image"
}

func altJA(u *UI) {
	u.Alt = AltWords{
		Title: "代替テキスト", Counting: "画像を数えています。", NotCounted: "画像を数えられませんでした。",
		NoImages: "ここに画像はありません。", Position: "{n} / {of}",
		CountMissing: "なし {n}", CountSuspicious: "疑わしい {n}", CountHints: "長い {n}",
		CountDecorative: "装飾 {n}", CountImages: "画像 {n}",
		AllDone: "すべての画像に代替テキストがあるか、装飾画像です。", SomeLeft: "一覧の終わりです。確認が必要な画像が {n} 件残っています。pgdn で戻り、ctrl+r で数え直します。",
		Label: "代替テキスト", Hint: "画像が伝える内容", Writing: "保存しています", Written: "保存済み",
		Length: "{n} / {of} 文字", Changed: "ほかの人が先に保存した内容",
		ChangedHow: "enter：自分の内容で上書き　tab：相手の内容を使う",
		ChangedAsk: "上書きしていません。保存すると、下の内容で上書きします。", Offers: "同じ画像の別サイズの代替テキスト：",
		ChangedSay: "{name} はほかの人が先に変更しました。上書きしていません。", Saved: "{name} を保存しました",
		NothingTyped:    "何も入力されていません。F4 で装飾画像にするか、下キーで次へ進みます。",
		TypedFirst:      "保存していない入力があります。enter で保存するか、ctrl+u で消してください。",
		DecorativeTitle: "装飾画像にしますか？", DecorativeBody: "装飾画像に代替テキストはありません。次の代替テキストを削除します：",
		DecorativeYes: "代替テキストを削除して装飾画像にする",
		Unsaved:       "代替テキストの保存（{n} 件）", LeaveTitle: "保存していない代替テキストが {n} 件あります",
		LeaveBody: "入力した内容は enter で保存されます。", LeaveWrite: "保存して閉じる", LeaveDrop: "保存せずに閉じる",
		ScopeWhole: "全フォルダー", ScopeFolder: "このフォルダー",
		NoneLeft: "入力が必要な画像はほかにありません。", NoLast: "まだ何も保存していないため、前回の内容はありません。",
		NotDecorative: "装飾画像を解除", Gone: "バケットにありません。入力した内容は保存され、画像が戻ると再び使われます。",
	}
	k := &u.Keys
	k.AltTexts, k.AltSave, k.AltSkip, k.AltPrev = "代替テキスト一覧", "保存して次へ", "スキップ", "前へ"
	k.AltDecorative, k.AltChecked, k.AltOffer, k.AltScope = "装飾画像", "このままで正しい", "候補を使う", "フォルダー"
	k.AltNext, k.AltAgain, k.AltPicture = "次の未入力", "前回と同じ内容", "画像"
}
