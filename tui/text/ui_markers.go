package text

import "strconv"

// MarkerWords are those of Cloudinary's marker files.
type MarkerWords struct {
	Title                string
	About                string // {folder}
	Loading, None        string
	Allowed, Unexpected  string
	Missing, Misplaced   string // {want}
	Foreign              string
	Unsure               string // {folders}
	KeyAdd, KeyRemove    string
	AddTitle, AddBody    string // {n}
	AddYes               string
	RemoveTitle          string // {cloud}
	RemoveBody           string // {cloud} {bucket}
	RemoveLabel          string
	Added, Removed, Kept string // {n}; {cloud}; {n}
}

// Told says what came of changing marker files: done are the operations, as
// media/marker calls them, cloud is whose file was removed.
func (w MarkerWords) Told(done []string, cloud string) string {
	added, kept := 0, 0
	for _, op := range done {
		switch op {
		case "add":
			added++
		case "keep":
			kept++
		}
	}
	switch {
	case added > 0:
		return Fill(w.Added, "n", strconv.Itoa(added))
	case kept > 0:
		return Fill(w.Kept, "n", strconv.Itoa(kept))
	}
	return Fill(w.Removed, "cloud", Safe(cloud))
}

func markersEN(u *UI) {
	u.Markers = MarkerWords{
		Title:   "Marker files",
		About:   "Cloudinary reads the bucket only for cloud names with a file in {folder}.",
		Loading: "Looking…", None: "No cloud name is allowed.",
		Allowed: "allowed", Unexpected: "allowed, but not in the settings",
		Missing: "missing", Misplaced: "wrong place, should be {want}", Foreign: "no marker",
		Unsure: "Could not be looked into: {folders}",
		KeyAdd: "add missing", KeyRemove: "remove",
		AddTitle: "Add marker files?", AddBody: "{n} empty file{s} will be written, each only if there is none:", AddYes: "Add",
		RemoveTitle: "Take the bucket away from {cloud}?",
		RemoveBody:  "Cloudinary will read nothing more of {bucket} for {cloud}: uploads, auto-upload and new files fail there. What it has copied stays. This file will be deleted:",
		RemoveLabel: "Type the cloud name",
		Added:       "Marker files added: {n}", Removed: "{cloud} may no longer use the bucket.", Kept: "Were there already: {n}",
	}
	u.Keys.Markers = "marker files"
}

func markersJA(u *UI) {
	u.Markers = MarkerWords{
		Title:   "マーカーファイル",
		About:   "Cloudinaryは、{folder} にファイルがあるクラウド名に限り、バケットを読み取ります。",
		Loading: "確認しています…", None: "許可されているクラウド名はありません。",
		Allowed: "許可", Unexpected: "許可（設定にはない名前）",
		Missing: "なし", Misplaced: "場所が違います。正しくは {want}", Foreign: "マーカーではありません",
		Unsure: "確認できなかったフォルダー：{folders}",
		KeyAdd: "不足分を追加", KeyRemove: "削除",
		AddTitle: "マーカーファイルを追加しますか？", AddBody: "空のファイルを {n} 件書き込みます（同名のファイルがあれば書き込みません）。", AddYes: "追加する",
		RemoveTitle: "{cloud} によるバケットの使用を止めますか？",
		RemoveBody:  "{cloud} では、Cloudinaryは {bucket} を読み取らなくなり、アップロードや自動アップロードが失敗します。コピー済みのファイルは残ります。次のファイルを削除します：",
		RemoveLabel: "クラウド名を入力",
		Added:       "追加したマーカーファイル：{n} 件", Removed: "{cloud} によるバケットの使用を止めました。", Kept: "すでにあったもの：{n} 件",
	}
	u.Keys.Markers = "マーカーファイル"
}
