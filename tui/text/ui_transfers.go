package text

// TransferWords belong to the panel of transfers.
type TransferWords struct {
	Title, Empty, NoProblems        string
	Waiting, Running, Done, Failed  string
	Skipped, Cancelled, FailedAgain string
	CancelledKept, Interrupted      string // {n}
	GoesOn                          string
	NFailed, NCancelled, NSkipped   string // {n}
	Paused, PausedMeans, GoOn       string
	Resume, All, Close              string
	AsAWhole, Forgot                string
	CancelledMeans, StaleMeans      string
	KeptMeans                       string // {size}
	InterruptedMeans                string // {size} {of}
	Earlier                         string
	SomeInterrupted                 string // {n}
	AlsoCancelled, AlsoFailed       string // {n}
	Removing, Downloading           string
	Importing                       string // while it runs
	AskAllTitle                     string
	AskAllBody                      string // {n}
	AskAllYes                       string
	LocalFile                       string
	DiscardTitle                    string // {name}
	DiscardBody                     string // {size}
	DiscardYes, Discarded           string
	RetryFailed                     string // {n}
	AskAgain, LeavesParts           string
	TakenTitle                      string // {n}
	AskLeftOut                      string // {n}
	ShowPanel                       string
	UploadEach                      string // {n}
	EachTitle                       string // {n} {of}
	EachThere, EachNew              string // {size} {when}
	EachSkip, EachReplace, EachBoth string
	EachRest                        string // {choice} {n}
	EachSame                        string // {n}
}

func transfersEN(u *UI) {
	u.Transfers = TransferWords{
		Title: "Transfers", Empty: "Nothing was uploaded, renamed or deleted since the library was opened.", NoProblems: "Nothing has failed or was left out.",
		Waiting: "waiting", Running: "running", Done: "done", Failed: "failed", Skipped: "skipped", Cancelled: "cancelled", FailedAgain: "tried again below",
		CancelledKept: "cancelled, {n} % stored", Interrupted: "interrupted, {n} % stored", GoesOn: "goes on below",
		NFailed: "{n} failed", NCancelled: "{n} cancelled", NSkipped: "{n} skipped",
		Paused: "paused", PausedMeans: "Paused: no further file and no further part is begun. Requests under way go on to their end.", GoOn: "go on",
		Resume: "go on with it", All: "show all", Close: "back",
		AsAWhole: "Renames and deletions go in batches: they are stopped as a whole.", Forgot: "Too many files ago: only the numbers are kept.",
		CancelledMeans: "Cancelled. Nothing of it is left in the bucket.", StaleMeans: "The local file is gone or has changed, so nothing can go on with this. Discard it: until then its parts are billed.",
		KeptMeans:        "Cancelled. {size} are kept in S3 and billed until it goes on or is discarded.",
		InterruptedMeans: "{size} of {of} are stored in S3, and billed until the upload goes on or is discarded.",
		Earlier:          "Interrupted uploads", SomeInterrupted: "{n} large upload{s} from before can go on or be discarded: T transfers.",
		AlsoCancelled: "Cancelled: {n}.", AlsoFailed: "Failed: {n}.", Removing: "Deleting", Downloading: "Importing", Importing: "Importing",
		AskAllTitle: "Cancel everything?", AskAllBody: "{n} file{s} are not done yet. What is done stays done.", AskAllYes: "cancel all",
		LocalFile:    "File",
		DiscardTitle: "Discard what is stored of {name}?", DiscardBody: "{size} in S3 are removed. The upload then begins anew. Media in the library are not touched.",
		DiscardYes: "discard it", Discarded: "The interrupted upload is discarded.",
		LeavesParts: "What is stored already of files over 16 MiB stays in S3, and is billed, until the upload goes on or is discarded: T, in this library.",
		AskAgain:    "ask again", TakenTitle: "The names of {n} are taken", AskLeftOut: "ask again about {n}",
		RetryFailed: "try the {n} that failed again", ShowPanel: "show the transfers",
		UploadEach: "decide for each of the {n} names that are taken",
		EachTitle:  "Name {n} of {of} is taken", EachThere: "there   {size}  {when}", EachNew: "yours   {size}  {when}",
		EachSkip: "leave the existing file", EachReplace: "replace it", EachBoth: "keep both, under a new name",
		EachRest: "{choice}: for all {n} that are left", EachSame: "Already there with the same content, nothing to send: {n}.",
	}
}

func transfersJA(u *UI) {
	u.Transfers = TransferWords{
		Title: "転送", Empty: "ライブラリを開いてから、アップロード・名前の変更・削除は行われていません。", NoProblems: "失敗したもの、対象外となったものはありません。",
		Waiting: "待機中", Running: "実行中", Done: "完了", Failed: "失敗", Skipped: "対象外", Cancelled: "キャンセル", FailedAgain: "再試行済み",
		CancelledKept: "キャンセル（{n} % 保存済み）", Interrupted: "中断（{n} % 保存済み）", GoesOn: "再開済み（下の行）",
		NFailed: "失敗 {n}", NCancelled: "キャンセル {n}", NSkipped: "対象外 {n}",
		Paused: "一時停止中", PausedMeans: "一時停止中：新しいファイルやパートの送信は始めません。送信中のリクエストは最後まで続きます。", GoOn: "再開",
		Resume: "続きから送る", All: "すべて表示", Close: "戻る",
		AsAWhole: "名前の変更と削除はまとめて実行するため、中止も全体で行います。", Forgot: "件数が多いため、古いファイルの内訳は残していません。",
		CancelledMeans: "キャンセルしました。バケットには何も残っていません。", StaleMeans: "元のファイルがないか、変更されているため、続きから送れません。破棄してください。破棄するまで保存済みのパートに料金がかかります。",
		KeptMeans:        "キャンセルしました。{size} がS3に残っています。再開するか破棄するまで料金がかかります。",
		InterruptedMeans: "{of} のうち {size} がS3に保存済みです。再開するか破棄するまで料金がかかります。",
		Earlier:          "中断したアップロード", SomeInterrupted: "中断したアップロードが {n} 件あります。再開・破棄：T（転送）",
		AlsoCancelled: "{n} 件はキャンセルしました。", AlsoFailed: "{n} 件は失敗しました。", Removing: "削除", Downloading: "インポート", Importing: "インポート中",
		AskAllTitle: "すべてキャンセルしますか？", AskAllBody: "{n} 件がまだ完了していません。完了した分はそのまま残ります。", AskAllYes: "すべてキャンセル",
		LocalFile:    "ファイル",
		DiscardTitle: "{name} の保存済みデータを破棄しますか？", DiscardBody: "S3に保存済みの {size} を削除します。次のアップロードは最初からになります。ライブラリのメディアには影響しません。",
		DiscardYes: "破棄する", Discarded: "中断したアップロードを破棄しました。",
		LeavesParts: "16 MiBを超えるファイルの保存済みの部分はS3に残り、再開するか破棄するまで料金がかかります。このライブラリの「転送」（T）で操作できます。",
		AskAgain:    "もう一度確認", TakenTitle: "{n} 件の名前はすでに使われています", AskLeftOut: "{n} 件をもう一度確認",
		RetryFailed: "失敗した {n} 件を再試行", ShowPanel: "転送を表示",
		UploadEach: "同じ名前の {n} 件を1件ずつ決める",
		EachTitle:  "同じ名前のファイルがあります（{n} / {of}）", EachThere: "既存      {size}  {when}", EachNew: "新しい方  {size}  {when}",
		EachSkip: "既存のファイルを残す", EachReplace: "置き換える", EachBoth: "別名で両方残す",
		EachRest: "残り {n} 件すべて：{choice}", EachSame: "同じ内容がすでにあるため送信不要：{n} 件。",
	}
}
