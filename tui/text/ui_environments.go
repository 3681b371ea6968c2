package text

import (
	"fmt"
	"strings"
	"time"
)

// EnvironmentWords belong to making and deleting environments on the screen.
// {name} is the whole name ("prod/staging"), {environment} its own part and
// {connection} its connection's.
type EnvironmentWords struct {
	New, GoOn, Remove                   string // titles
	NameAbout                           string // {connection}
	NameLabel, NameHint, NameEmpty      string
	NameLong, NameStart, NameTaken      string // {name}
	NameLower, NameChars                string // {other} {char}
	NameCreating, NameDeleting          string // {name}
	Directory, Address, SettingsCopied  string // {connection}
	Counting, CountingRemoval, Counted  string // {n} {bytes}
	SourceStays                         string // {connection}
	BeginCopy, BeginRemoval             string // {key}
	OccupiedTitle, OccupiedBody         string // {n} {dir}
	OccupiedTake, OccupiedCopy          string
	OccupiedName                        string
	Background, StopKeeps, StopRemoves  string // {esc} {stop}
	NOf, Parallel, SlowDowns, PerSec    string // {n} {of} {bytes}
	Problems, MoreProblems              string // {n}
	Stopping                            string
	Ready, Known, NotWhole, Gone        string // {name} {n} {bytes} {time}
	NotGone, Stopped, NextOpen          string // {name} {n} {key}
	NextGoOn, NextDelete                string // {key}
	FewFailed, WereThere                string // {n} {bytes}
	Doing, DoingRemoval, DoneUnseen     string // {n}
	LosingCopy, LosingRemoval           string // {name}
	LeavesCopy, LeavesRemoval           string // {name}
	RemoveTitle, RemoveBody, TypeName   string // {environment} {n} {bytes}
	URLsEnd, CDNWill, CDNWillNot        string // {url} {distribution}
	CDNForeign                          string // {distribution} {account}
	SettingsGo, Nothing                 string
	Unfinished, UnfinishedRemoval       string // {name}
	AskOpen, AskGoOn, AskDelete         string
	AskForget, AskRemove                string
	DeleteOrForget                      string // {name}
	Busy, Nested, NoneHere, NoServiceID string // {name} {connection}
	AskName, HelpName, AskBegin         string // in lines
	Begin, PutOff, Linger               string
	TypeLine, NotTyped                  string // {environment}
	SwitchNew, EnterTells, EnterShows   string // {key}
	Progress, Outcome                   string // keys
	SwitchShort                         string // for a footer
	HerePart, HereLeft, HereGoOn        string // at the foot of the library; {key}
	HereGoOnCopy, HereGoOnRemoval       string // beside where to switch to
}

func environmentsENUI(u *UI) {
	u.Environments = EnvironmentWords{
		New: "new environment", GoOn: "go on", Remove: "delete",
		NameAbout: "A copy of {connection} to try things out in: settings and all media, in a directory of their own in the same bucket. {connection} is only read.",
		NameLabel: "Name of the environment", NameHint: "staging", NameEmpty: "Type a name, such as staging.",
		NameLong: "At most 32 characters.", NameStart: "It begins with a letter or a digit.",
		NameLower: "Small letters only: {other}", NameChars: "“{char}” cannot be used: small letters, digits and hyphens only.",
		NameTaken:    "{name} exists already. Choose another name.",
		NameCreating: "The creation of {name} is unfinished: enter goes on with it.",
		NameDeleting: "{name} is being deleted, and that is unfinished: finish it on the first screen.",
		Directory:    "Directory", Address: "URLs", SettingsCopied: "Settings are copied once; later changes to {connection} do not reach it.",
		Counting: "Counting the files of {connection}.", CountingRemoval: "Counting the files of {name}.", Counted: "{n} file{s} so far, {bytes}",
		SourceStays: "{connection} is only read. Nothing in it changes.",
		BeginCopy:   "{key} begins to copy.", BeginRemoval: "{key} asks for the name, then deletes.",
		OccupiedTitle: "The directory has files already",
		OccupiedBody:  "{dir} has {n} file{s} that no creation on this computer has put there. Somebody may have made this environment on another computer.",
		OccupiedTake:  "make it known here, copy nothing", OccupiedCopy: "copy what is missing, overwrite nothing", OccupiedName: "choose another name",
		Background: "{esc} leaves it running while you do other things.", StopKeeps: "{stop} stops; what is copied stays, and it can be gone on with.",
		StopRemoves: "{stop} stops; what is deleted stays deleted.",
		NOf:         "{n} of {of} files", Parallel: "{n} request{s} at once", SlowDowns: "S3 asked for fewer {n} time{s}", PerSec: "{n} files/s",
		Problems: "{n} did not make it:", MoreProblems: "and {n} more",
		Stopping: "Stopping: what is under way is ended cleanly.",
		Ready:    "{name} is ready: {n} file{s} copied, {bytes}, in {time}.",
		Known:    "{name} is known on this computer now. Nothing was copied.",
		NotWhole: "{name} is not whole yet. {n} file{s} copied now; what is copied stays.",
		Gone:     "{name} is deleted: {n} file{s}, {bytes}, in {time}.",
		NotGone:  "{name} is not deleted yet: {n} file{s} left.",
		Stopped:  "Stopped.", NextOpen: "{key} opens it.", NextGoOn: "{key} goes on where it stopped, on another day as well.",
		NextDelete: "{key} deletes it instead.", FewFailed: "{n} did not make it.", WereThere: "{n} file{s} ({bytes}) had been there already.",
		Doing: "copying {n} %", DoingRemoval: "deleting {n} %", DoneUnseen: "just copied",
		LosingCopy: "Copying into {name}", LosingRemoval: "Deleting {name}",
		LeavesCopy: "What is copied stays. Enter on {name} goes on, on another day as well.", LeavesRemoval: "What is deleted stays deleted. Enter on {name} goes on.",
		RemoveTitle: "Delete {name}?", RemoveBody: "{n} file{s}, {bytes}, and its settings on this computer.", TypeName: "Type its name, {environment}, to delete it",
		URLsEnd: "Every URL below {url} stops working, such as:", CDNWill: "Afterwards CloudFront {distribution} is asked to forget the whole directory: one path of 1,000 free ones a month.",
		CDNForeign: "Caches cannot be invalidated from here: CloudFront {distribution} is account {account}'s, and lets nobody of another account in. At the end you get the command for its administrator.",
		CDNWillNot: "No distribution is set: caches keep copies until their time is up.",
		SettingsGo: "Its settings on this computer go last, when nothing is left.", Nothing: "It has no files.",
		Unfinished:        "The creation of {name} was cut short. Going on copies what is missing.",
		UnfinishedRemoval: "The deletion of {name} was cut short: only a part of the files is left. Going on deletes the rest.",
		AskOpen:           "open it as it is", AskGoOn: "go on", AskDelete: "delete it with all its media…",
		AskForget: "only forget its settings on this computer", AskRemove: "delete it with all its media…",
		DeleteOrForget: "Its media lie in a directory of their own. Forgetting it leaves them in the bucket.",
		Busy:           "{name} is being copied or deleted: wait for its end, or stop it.", Nested: "No environments of environments: choose {connection}.",
		NoneHere: "Only microCMS connections have environments.", NoServiceID: "Environments need the service ID: set it with e.",
		AskName: "Name of the environment; enter alone goes back", HelpName: "Small letters, digits and hyphens, up to 32 characters: staging.",
		AskBegin: "Number; enter alone does not begin", Begin: "Begin to copy", PutOff: "Not now",
		Linger:   "ctrl+c stops it. What is done stays, and it can be gone on with.",
		TypeLine: "Type its name, {environment}, to delete it; enter alone keeps it", NotTyped: "That is not {environment}. Nothing was deleted.",
		SwitchNew: "new environment…", EnterTells: "{key} tells how to go on.", EnterShows: "{key} shows how far it is.",
		Progress: "progress", Outcome: "result",
		SwitchShort: "env",
		HerePart:    "Files may be missing.", HereLeft: "Being deleted.", HereGoOn: "{key} to go on",
		HereGoOnCopy: "go on with its creation…", HereGoOnRemoval: "go on with its deletion…",
	}
	u.Keys.Environment, u.Keys.Copying = "environment", "copy"
}

func environmentsJAUI(u *UI) {
	u.Environments = EnvironmentWords{
		New: "新しい環境", GoOn: "再開", Remove: "削除",
		NameAbout: "動作確認などのための {connection} のコピーです。設定とすべてのメディアを、同じバケットの専用ディレクトリにコピーします。{connection} は読み取るだけです。",
		NameLabel: "環境名", NameHint: "staging", NameEmpty: "環境名を入力してください（例：staging）。",
		NameLong: "32文字以内にしてください。", NameStart: "英小文字か数字で始めてください。",
		NameLower: "英小文字を使ってください：{other}", NameChars: "「{char}」は使えません。半角の英小文字、数字、ハイフンを使ってください。",
		NameTaken:    "{name} はすでに存在します。別の名前にしてください。",
		NameCreating: "{name} の作成は途中です。enter で再開します。",
		NameDeleting: "{name} は削除の途中です。先に最初の画面で削除を完了してください。",
		Directory:    "ディレクトリ", Address: "URL", SettingsCopied: "設定のコピーは作成時だけです。その後の {connection} の変更は反映されません。",
		Counting: "{connection} のファイルを数えています。", CountingRemoval: "{name} のファイルを数えています。", Counted: "{n} 件、{bytes} を確認しました",
		SourceStays: "{connection} は読み取るだけで、何も変更しません。",
		BeginCopy:   "{key} でコピーを開始します。", BeginRemoval: "{key} を押すと、環境名を確認してから削除します。",
		OccupiedTitle: "ディレクトリにファイルがあります",
		OccupiedBody:  "{dir} に、このコンピューターがコピーしていないファイルが {n} 件あります。ほかのコンピューターで作成された環境かもしれません。",
		OccupiedTake:  "このコンピューターに登録する（コピーしない）", OccupiedCopy: "足りないファイルをコピーする（上書きしない）", OccupiedName: "別の名前にする",
		Background: "{esc} を押すと、実行したまま、ほかの作業ができます。", StopKeeps: "{stop} で停止します。コピー済みのファイルは残り、後で再開できます。",
		StopRemoves: "{stop} で停止します。削除済みのファイルは戻りません。",
		NOf:         "{of} 件中 {n} 件", Parallel: "同時リクエスト {n} 個", SlowDowns: "S3からの減速要求 {n} 回", PerSec: "{n} 件/秒",
		Problems: "{n} 件は完了していません：", MoreProblems: "ほか {n} 件",
		Stopping: "停止しています。実行中の処理を安全に終了します。",
		Ready:    "{name} の準備ができました：{n} 件（{bytes}）を {time} でコピーしました。",
		Known:    "{name} をこのコンピューターに登録しました。コピーはしていません。",
		NotWhole: "{name} はまだ完了していません。今回 {n} 件をコピーし、コピー済みのファイルは残っています。",
		Gone:     "{name} を削除しました：{n} 件、{bytes}、{time}",
		NotGone:  "{name} の削除はまだ完了していません。残り {n} 件です。",
		Stopped:  "停止しました。", NextOpen: "{key} で開きます。", NextGoOn: "{key} で続きから再開します（翌日以降でも可）。",
		NextDelete: "取りやめて削除するには {key} を押します。", FewFailed: "{n} 件は完了していません。", WereThere: "コピー済みだったファイル：{n} 件（{bytes}）",
		Doing: "コピー中 {n} %", DoingRemoval: "削除中 {n} %", DoneUnseen: "コピー完了",
		LosingCopy: "{name} へのコピー", LosingRemoval: "{name} の削除",
		LeavesCopy: "コピー済みのファイルは残ります。{name} の上で enter を押すと再開できます（翌日以降でも可）。", LeavesRemoval: "削除済みのファイルは戻りません。{name} の上で enter を押すと再開できます。",
		RemoveTitle: "{name} を削除しますか？", RemoveBody: "{n} 件、{bytes} と、このコンピューターにある設定を削除します。", TypeName: "削除するには環境名 {environment} を入力してください",
		URLsEnd: "{url} 以下のURLはすべて使えなくなります（例）：", CDNWill: "削除後、CloudFront（{distribution}）でディレクトリ全体のキャッシュを無効化します（毎月1,000パスの無料枠のうち1パス）。",
		CDNForeign: "CloudFront（{distribution}）はアカウント {account} のもので、別のアカウントからの操作を受け付けないため、ここからはキャッシュを無効化できません。削除後に、そのアカウントの管理者に渡すコマンドを表示します。",
		CDNWillNot: "ディストリビューションが設定されていないため、キャッシュは期限まで残ります。",
		SettingsGo: "すべて削除した後、最後にこのコンピューターの設定を削除します。", Nothing: "ファイルはありません。",
		Unfinished:        "{name} の作成は途中で止まっています。再開すると、足りないファイルをコピーします。",
		UnfinishedRemoval: "{name} の削除は途中で止まっています。ファイルが一部残っています。再開すると、残りを削除します。",
		AskOpen:           "このまま開く", AskGoOn: "再開する", AskDelete: "メディアとともに削除する…",
		AskForget: "このコンピューターの設定だけを削除する", AskRemove: "メディアとともに削除する…",
		DeleteOrForget: "メディアは専用のディレクトリにあります。設定だけを削除すると、メディアはバケットに残ります。",
		Busy:           "{name} はコピー中または削除中です。終わるのを待つか、停止してください。", Nested: "環境から環境は作成できません。{connection} を選んでください。",
		NoneHere: "環境を使えるのはmicroCMSの接続だけです。", NoServiceID: "環境にはサービスIDが必要です。e で設定してください。",
		AskName: "環境名（enterだけなら戻る）", HelpName: "英小文字、数字、ハイフンを使い、32文字以内にしてください（例：staging）。",
		AskBegin: "番号（enterだけなら開始しない）", Begin: "コピーを開始する", PutOff: "今はしない",
		Linger:   "ctrl+c で停止します。完了した分はそのまま残り、後で再開できます。",
		TypeLine: "削除するには環境名 {environment} を入力してください（enterだけなら削除しない）", NotTyped: "{environment} と一致しません。何も削除していません。",
		SwitchNew: "新しい環境…", EnterTells: "{key} で再開方法を選べます。", EnterShows: "{key} で進み具合を表示します。",
		Progress: "進み具合", Outcome: "結果",
		SwitchShort: "環境",
		HerePart:    "ファイル不足の可能性。", HereLeft: "削除の途中です。", HereGoOn: "{key} で再開",
		HereGoOnCopy: "この環境の作成を再開する…", HereGoOnRemoval: "この環境の削除を再開する…",
	}
	u.Keys.Environment, u.Keys.Copying = "環境", "コピー"
}

// Long is a duration that may take hours.
func (c *Catalog) Long(d time.Duration) string { return c.long(d) }

// mostOfName is how many characters an environment's name may have.
const mostOfName = 32

// NoEnvironmentName says what is wrong with a name that is not valid.
func (c *Catalog) NoEnvironmentName(name string, valid func(string) bool) string {
	w := &c.UI.Environments
	if name == "" {
		return w.NameEmpty
	}
	if lower := strings.ToLower(name); lower != name && valid(lower) {
		return Fill(w.NameLower, "other", lower)
	}
	for _, r := range name {
		if r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return c.unusable(w.NameChars, r)
		}
	}
	if len(name) > mostOfName {
		return w.NameLong
	}
	return w.NameStart
}

// unusable puts a character into a text about it: by name where it cannot be
// seen between quotes.
func (c *Catalog) unusable(words string, char rune) string {
	names, blank := blanks[fmt.Sprintf("U+%04X", char)]
	switch {
	case !blank:
		return Fill(words, "char", Safe(string(char)))
	case c.Lang == "ja":
		return strings.Replace(words, "「{char}」", names[1], 1)
	}
	return strings.Replace(words, "“{char}”", strings.ToUpper(names[0][:1])+names[0][1:], 1)
}

// ProductionStays says that deleting an environment leaves its connection as it
// is.
func (c *Catalog) ProductionStays(connection string) string {
	return "◆ " + c.UI.Home.Production + "  " + c.Say("cmd.env.production-stays", map[string]string{"connection": Safe(connection)})
}

// EnvironmentEnd is how a creation or a deletion of {name} ended, in one
// sentence; n is how many files were copied or deleted, or are left.
func (c *Catalog) EnvironmentEnd(name string, removal, whole bool, n, bytes int64, took time.Duration) string {
	w := &c.UI.Environments
	words := w.NotWhole
	switch {
	case removal && whole:
		words = w.Gone
	case removal:
		words = w.NotGone
	case whole:
		words = w.Ready
	}
	return Fill(words, "name", Safe(name), "n", Thousands(n), "bytes", Bytes(bytes), "time", c.Long(took))
}
