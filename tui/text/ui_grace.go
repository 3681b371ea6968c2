package text

// GraceWords belong to deletions that wait before anything is sent.
type GraceWords struct {
	PurgeOn                 string // {n} {free} {usd}
	Purging                 string // {n} {of} {time}
	PurgeEnded              string // {n} {time}
	PurgeForeign            string // {account}
	PurgeOff, UnpurgedTitle string
	UnpurgedDone            string
	VersionedName, NewName  string
	NewNameAs               string // {name}
	PurgeRun                string
	Purged                  string // {n}
	PaidOwed                string // {n}
	ListSaved               string // {file}
	ListNotSaved            string // {file} {reason}
	Waits, WaitsShort       string // {n} {seconds}
	More, TakenBack         string // {n}
	Sent, What              string
	QuitTitle               string
	QuitBody                string // {n}
	QuitKeep, QuitNow       string
}

func graceEN(u *UI) {
	u.Grace = GraceWords{
		Waits: "Deleting {n} in {seconds} s. Nothing has been sent yet.", WaitsShort: "Deleting {n} in {seconds} s",
		More: "{n} deletions wait.", TakenBack: "Taken back: {n} not deleted.",
		Sent: "Deleting, cannot be taken back", What: "A deletion that waits",
		QuitTitle: "A deletion is waiting", QuitBody: "{n} will be deleted in a few seconds. Nothing has been sent yet.",
		PurgeOn: "[x] invalidate the CDN's copies: up to {n} path{s}, {free} a month are free, else about USD {usd}",
		Purging: "CloudFront is invalidating: {n} of {of} completed, {time}", PurgeEnded: "CloudFront has invalidated {n} path{s} ({time}).",
		PurgeForeign: "[x] invalidate the CDN's copies: the distribution is account {account}'s. Without that account's credentials CloudFront refuses, and you get the command for its administrator",
		PurgeOff:     "[ ] invalidate the CDN's copies", UnpurgedTitle: "Deleted, but the CDN was not purged",
		UnpurgedDone:  "Done, but the CDN was not purged",
		VersionedName: "A new name needs no purge: no cache has it. The CMS then has to use the new URL.", NewName: "keep the old file, upload under a new name",
		NewNameAs: "keep the old file, upload as {name}",
		PurgeRun:  "Run this as somebody who may:", Purged: "CloudFront is invalidating {n} path{s}.",
		PaidOwed:  "A change was cut short before CloudFront was told of it: it is invalidating {n} path{s} now.",
		ListSaved: "The URLs are in {file}.", ListNotSaved: "{file} cannot be written: {reason}",
		QuitKeep: "keep the files and quit", QuitNow: "delete now",
	}
}

func graceJA(u *UI) {
	u.Grace = GraceWords{
		Waits: "{seconds} 秒後に {n} 件を削除します。まだ何も送信していません。", WaitsShort: "{seconds} 秒後に {n} 件を削除",
		More: "待機中の削除は {n} 件です。", TakenBack: "削除を取り消しました。{n} 件は削除していません。",
		Sent: "削除中（取り消せません）", What: "待機中の削除",
		QuitTitle: "待機中の削除があります", QuitBody: "数秒後に {n} 件が削除されます。まだ何も送信していません。",
		PurgeOn: "[x] 続けてCDNのキャッシュを無効化する（最大 {n} パス、毎月 {free} パスまで無料、超過分は約 {usd} USD）",
		Purging: "CloudFrontで無効化中：{of} 件中 {n} 件完了、{time}経過", PurgeEnded: "CloudFrontで {n} パスの無効化が完了しました（{time}）。",
		PurgeForeign: "[x] 続けてCDNのキャッシュを無効化する：ディストリビューションはアカウント {account} のものです。そのアカウントの認証情報がなければCloudFrontに拒否されるため、管理者に渡すコマンドを表示します",
		PurgeOff:     "[ ] CDNのキャッシュを無効化する", UnpurgedTitle: "削除しましたが、CDNのキャッシュは残っています",
		UnpurgedDone:  "完了しましたが、CDNのキャッシュは残っています",
		VersionedName: "新しい名前にすれば、どのキャッシュにも残っていないため無効化は不要です。CMSで新しいURLを使用してください。", NewName: "古いファイルを残し、新しい名前でアップロード",
		NewNameAs: "古いファイルを残し、{name} としてアップロード",
		PurgeRun:  "権限のある人が次のコマンドを実行してください：", Purged: "CloudFrontで {n} パスを無効化しています。",
		PaidOwed:  "前回の変更がCloudFrontに通知される前に中断したため、今 {n} パスを無効化しています。",
		ListSaved: "URLの一覧を {file} に保存しました。", ListNotSaved: "{file} に書き込めません：{reason}",
		QuitKeep: "ファイルを残して終了", QuitNow: "今すぐ削除",
	}
}
