package text

// recoverJA: finishing or undoing what was cut short.
var recoverJA = map[string]string{
	"cmd.recover_none":          "ここには中断した操作はありません。",
	"cmd.recover_elsewhere":     "別の場所にも中断した操作があります：s3://{bucket}/{directory}。その接続を指定して復旧してください。",
	"cmd.recover_waiting":       "中断した操作が {count} 件あります。`mediadock media recover` で完了させるか、元に戻せます。",
	"cmd.recover_purge":         "{time}  CloudFrontに通知されていない変更：パス {count} 件（最初のパス：{path}）",
	"cmd.recover_purge_waiting": "中断した変更がCloudFrontに通知されていないため、古いファイルが配信され続けている可能性があります。`mediadock media recover` で通知できます。",
	"cmd.recover_cut":           "{time}  {op}  {from}  ->  {to}",
	"cmd.recover.moved":         "完了済み {count} 件",
	"cmd.recover.both":          "新旧両方の名前で存在 {count} 件",
	"cmd.recover.not-begun":     "未処理 {count} 件",
	"cmd.recover.changed":       "中断後に変更あり {count} 件（そのまま残します）",
	"cmd.recover.taken":         "新しい名前が使用中 {count} 件（そのまま残します）",
	"cmd.recover.unsure":        "コピーかどうか判断できない {count} 件（そのまま残します）",
	"cmd.recover.gone":          "どちらの名前にも存在しない {count} 件",
	"cmd.recover.markers":       "残りは空のフォルダーのみ",
	"cmd.recover_upload":        "{time}  アップロード  {file}  ->  {path}：{bytes} のうち {sent} 送信済み。同じファイルをアップロードすると再開します",
	"cmd.recover_upload_stale":  "{time}  アップロード  {file}  ->  {path}：{bytes} のうち {sent} 送信済み。ファイルがないか変更されたため、再開できません",
	"cmd.recover_uploads_too":   "中断したアップロード {count} 件の送信済みの部分も削除します。",
	"cmd.ask.recover_abort":     "中断したアップロード {count} 件の送信済みの部分を削除しますか？ 次のアップロードは最初からになります。[y/N] ",
	"cmd.ask.recover":           "{count} 件の操作を完了させますか？ 以前のURLは 404 になります。[y/N] ",
	"cmd.ask.recover_undo":      "{count} 件の操作を元に戻しますか？ ファイルは以前の名前に戻ります。[y/N] ",

	"ui.recover.looking": "中断した名前の変更がどこまで進んだかを確認しています",
	"ui.recover.title":   "名前の変更 {count} 件が中断しています",
	"ui.recover.body":    "{count} 件の操作が、完了する前に中断しました。失われたファイルはありません。どのファイルも、以前の名前か新しい名前、またはその両方で残っています。",
	"ui.recover.files":   "（{count} ファイル）",
	"ui.recover.later":   "あとで決める",
	"ui.recover.finish":  "完了させる（以前のURLは使えなくなります）",
	"ui.recover.undo":    "元に戻す（ファイルは以前の名前に戻ります）",
	"ui.recover.running": "復旧しています",
	"ui.recover.done":    "{count} 件を一つの名前にまとめました。",

	"help.media.recover.short": "中断した名前の変更を完了させるか、元に戻します",
	"help.media.recover.long":  "強制終了、通信の切断、ディスクの空き不足などで中断した名前の変更と、別名での再アップロードを完了させます。--undo を付けると元に戻します。操作の内容は、始める前にこのコンピューターに記録しています。その記録とバケットの状態を照らし合わせて、どこまで進んだかを判断します。中断後にほかの人が変更したものには触れません。中断した大きなファイルのアップロードは一覧に表示するだけで、そのまま残します。同じファイルをもう一度アップロードすると続きから再開し、--undo を付けると送信済みの部分を削除します。CloudFrontに通知されていない削除や名前の変更があれば、あわせて通知します。ほかのコンピューターで始めた操作は、そのコンピューターで復旧してください。",
	"help.media.recover.example": `mediadock media recover --dry-run
mediadock media recover
mediadock media recover --undo --yes
mediadock media recover --redirects moved.csv`,
	"help.media.recover.flag.undo":      "完了させる代わりに、元に戻します",
	"help.media.recover.flag.redirects": "名前を変更したすべてのファイル（中断前の分を含む）の新旧のURLを、CSVで `FILE` に書き出します",

	"cmd.recover_redirects_undo": "--undo ではURLが元に戻るため、書き出す新しいURLはありません。--redirects を外してください。",
}
