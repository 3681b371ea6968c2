package text

// PreviewWords belong to what is shown of a file, and to the mouse.
type PreviewWords struct {
	Reading, NoColour                            string
	Pages                                        string // {n}
	Thumbnail, Moving, TextGoesOn, Tells         string
	Empty, TooMany, Damaged, Unsupported, NoText string
	TooLarge                                     string // {size}
	Archived, NotRead                            string
	KeyClose                                     string
	MouseOn, MouseOff, MouseUnused               string
}

// Why is the sentence for a code of media/preview.
func (w *PreviewWords) Why(code, most string) string {
	switch code {
	case "empty":
		return w.Empty
	case "too-large":
		return Fill(w.TooLarge, "size", most)
	case "too-many":
		return w.TooMany
	case "damaged":
		return w.Damaged
	case "no-text":
		return w.NoText
	}
	return w.Unsupported
}

func previewEN(u *UI) {
	u.Preview = PreviewWords{
		Reading: "reading ...", NoColour: "Pictures are drawn in colour only, and this terminal shows none or too few.",
		Pages: "{n} page{s}", Thumbnail: "The small picture that the camera stored: the file is too large to be read for a preview.",
		Moving: "moving; the first picture", TextGoesOn: "The text goes on.", Tells: "tells",
		Empty: "The file is empty.", TooMany: "Too many pixels to be drawn here.",
		Damaged: "The file cannot be decoded: it is damaged or cut off.", Unsupported: "This format cannot be drawn here.",
		NoText: "Called a text, but it is not one.", TooLarge: "Larger than {size}: it is not read for a preview.",
		Archived: "In an archive storage class: it has to be restored in S3 before it can be read.", NotRead: "It could not be read:",
		KeyClose:    "close",
		MouseOn:     "The mouse is on: click and scroll. Text is selected with shift held, or after F8.",
		MouseOff:    "The mouse is off: select text as usual. F8 turns it on again.",
		MouseUnused: "This page leaves the mouse to the terminal: select text as usual.",
	}
}

func previewJA(u *UI) {
	u.Preview = PreviewWords{
		Reading: "読み込み中 ...", NoColour: "このターミナルは色数が足りないため、画像を表示できません。",
		Pages: "{n} ページ", Thumbnail: "ファイルが大きいため、カメラが保存した縮小画像を表示しています。",
		Moving: "アニメーション（先頭の画像）", TextGoesOn: "続きがあります。", Tells: "含まれる情報：",
		Empty: "空のファイルです。", TooMany: "画素数が多すぎるため、表示できません。",
		Damaged: "デコードできません。ファイルが壊れているか、途中で切れています。", Unsupported: "この形式はプレビューできません。",
		NoText: "テキストとされていますが、テキストではありません。", TooLarge: "{size} を超えるため、プレビュー用には読み込みません。",
		Archived: "アーカイブ用のストレージクラスにあります。表示するには先にS3で復元してください。", NotRead: "読み込めませんでした：",
		KeyClose:    "閉じる",
		MouseOn:     "マウス操作はオンです。文字の選択は、shiftキーを押しながら、またはF8でオフにして行います。",
		MouseOff:    "マウス操作はオフです。文字を通常どおり選択できます。F8で再びオンになります。",
		MouseUnused: "この画面ではマウスを使いません。文字を通常どおり選択できます。",
	}
}
