package text

// environmentJA: 接続の環境を扱うコマンド（env）の文。
var environmentJA = map[string]string{
	"help.env.short": "接続とメディアのコピー（環境）を作成、削除します",
	"help.env.long": `環境は、動作確認などのための接続のコピーです。設定は作成時に接続からコピーされ、その後は独立します。メディアはURLプレフィックスの下の専用ディレクトリに置かれ、本番環境の一覧や件数には含まれません。
接続を指定できる場所では、-c CONNECTION/NAME で環境を指定できます。`,
	"help.env.example": `mediadock env create staging --from prod
mediadock media ls -c prod/staging
mediadock env delete staging -c prod`,

	"help.env.list.short":   "環境を一覧表示します",
	"help.env.list.long":    "このコンピューターに登録されている環境を一覧表示します。-c で接続を指定しない場合は、すべての接続が対象です。作成や削除が途中で止まった環境には、その旨を表示します。読み取れないファイルがある場合は、そのファイルを示し、終了コードは 3 になります。",
	"help.env.list.example": `mediadock env list -c prod --json`,

	"help.env.create.short": "環境を作成し、設定とメディアをコピーします",
	"help.env.create.long": `接続の設定とすべてのメディアを環境にコピーします。コピーはS3の内部で行われ、データはこのコンピューターを経由しません。本番環境は変更されず、環境にすでにあるファイルも上書きされません。プローブとほかの環境は対象外です。最後に、件数、サイズ、チェックサムを比較します。
ファイルごとにリクエスト料金がかかり、コピーにはストレージ料金がかかります。Ctrl+C で安全に中断でき、同じコマンドで続きから再開できます（翌日以降でも可）。`,
	"help.env.create.example": `mediadock env create staging --from prod --dry-run
mediadock env create staging --from prod
# 2台目のコンピューターでは登録だけ
mediadock env create staging --from prod --no-copy`,
	"help.env.create.flag.from":          "コピー元の接続 `CONNECTION`。省略時は -c、または唯一の接続",
	"help.env.create.flag.dry-run":       "コピーの内容とコピー先を表示し、コピーはしません",
	"help.env.create.flag.checksums":     "大きいファイルと暗号化されたファイルのチェックサムも比較します（リクエスト2回ずつ）",
	"help.env.create.flag.into-existing": "すでにメディアがあるディレクトリに、足りないものをコピーします",
	"help.env.create.flag.no-copy":       "メディアをコピーしません（ほかのコンピューターで作成済みの環境）",
	"help.env.flag.parallel":             "同時に送るリクエストは最大 `N` 個。省略時はS3が受け付けるだけ",

	"help.env.delete.short": "環境をすべてのメディアとともに削除します",
	"help.env.delete.long": `環境の設定と、そのディレクトリにあるものをすべて削除します。使えなくなるURLを表示し、環境名の入力を求めます。本番環境とほかの環境には影響しません。
途中で止まった場合は、同じコマンドで続きから再開します。`,
	"help.env.delete.example": `mediadock env delete staging -c prod --dry-run
mediadock env delete staging -c prod`,
	"help.env.delete.flag.dry-run": "削除の内容を表示し、削除はしません",
	"help.env.delete.flag.purge":   "削除後にCDNのキャッシュを無効化します。ディストリビューションの設定があれば自動で行い、--purge=false で止められます",

	"cmd.bad_environment":         "「{name}」は環境名に使えません。英小文字、数字、ハイフンを使い、英小文字か数字で始めて32文字以内にしてください。",
	"cmd.no_such_environment":     "このコンピューターには {connection} の環境 {name} がありません。一覧は mediadock env list -c {connection} で表示できます。作成するには：mediadock env create {name} --from {connection}（ほかのコンピューターで作成済みの場合は --no-copy を付けます）",
	"cmd.env_of_environment":      "{name} は環境です。環境から環境は作成できません。接続を指定してください：--from {connection}",
	"cmd.env_integration":         "{name} では環境を使えません。環境は、サービスIDのあるmicroCMSの接続で使えます（{integration} にはありません）。",
	"cmd.env_taken":               "{environment} はすでに存在するため、何も変更していません。-c {environment} で使うか、別の名前を指定してください。作り直す場合は、先に mediadock env delete {name} -c {connection} を実行します。",
	"cmd.env_deleting":            "{environment} の削除が完了していません。先に完了してください：mediadock env delete {name} -c {connection}",
	"cmd.delete_environments":     "{name} には環境（{names}）があり、削除するとメディアがバケットに残ったまま見えなくなります。先に環境を削除してください：mediadock env delete NAME -c {name}",
	"cmd.delete_env_instead":      "{connection}/{name} は環境です。メディアとともに削除するには：mediadock env delete {name} -c {connection}\nこのコンピューターの設定だけを削除するには：mediadock connection forget {connection}/{name}",
	"cmd.export_no_environments":  "環境（{names}）は書き出していません。もう一方のコンピューターで mediadock env create NAME --from {connection} --no-copy を実行し、異なる設定は mediadock connection edit で変更してください。",
	"cmd.forgotten_environments":  "環境（{names}）の設定も削除しました。メディアはそのまま残ります。",
	"cmd.env.state.ready":         "使用可能",
	"cmd.env.state.creating":      "作成未完了",
	"cmd.env.state.deleting":      "削除未完了",
	"cmd.env.none":                "環境はありません。作成するには：mediadock env create NAME --from CONNECTION",
	"cmd.env.unready-creating":    "{environment} の作成は完了していません（中断されたか、ほかで実行中です）。再開するには：mediadock env create {name} --from {connection}",
	"cmd.env.unready-deleting":    "{environment} は削除の途中で、残りも削除されます。再開するには：mediadock env delete {name} -c {connection}",
	"cmd.env.taken-up":            "{environment}（{dir}）をこのコンピューターに登録しました。設定は接続のコピーです。異なる設定は mediadock connection edit {environment} で変更してください。",
	"cmd.env.ask":                 "{count} 件（{bytes}）とともに環境を削除するには、環境名 {name} を入力してください：",
	"cmd.env.removes":             "{environment} を削除します：{count} 件、{bytes}（s3://{bucket}/{dir} 以下のすべて）",
	"cmd.env.goes-on":             "中断した削除を再開します（開始：{at}）。",
	"cmd.env.url-ends":            "{url} 以下のURLはすべて使えなくなります：",
	"cmd.env.production-stays":    "{connection} とほかの環境は変わりません。",
	"cmd.env.dry-run":             "ドライラン：何も変更していません。",
	"cmd.env.created":             "{environment} の準備ができました：{count} 件（{bytes}）を {time} でコピーしました。-c {environment} で使えます。",
	"cmd.env.not-created":         "{environment} はまだ完了していません。コピー済みのファイルは残ります。再開するには：mediadock env create {name} --from {connection}\n取りやめるには：mediadock env delete {name} -c {connection}",
	"cmd.env.deleted":             "{environment} を削除しました：{count} 件、{bytes}、{time}",
	"cmd.env.not-deleted":         "{environment} の削除はまだ完了していません。残り {rest} 件です。再開するには：mediadock env delete {name} -c {connection}",
	"cmd.env.plan":                "{connection} を {environment} にコピーします：{objects} 件、{bytes}（コピー先：s3://{bucket}/{dir}）",
	"cmd.env.plan.no-copy":        "s3://{bucket}/{dir} にある {environment} をこのコンピューターに登録します。コピーはしません。{connection} は {objects} 件、{bytes} です。",
	"cmd.env.plan.resumes":        "中断した作成を再開します（開始：{at}、コピー済み：{done} 件）。",
	"cmd.env.plan.same":           "{count} 件はコピー済みです。残りは {left} 件（{bytes}）です。",
	"cmd.env.plan.large":          "{count} 件（{bytes}）は5 GBを超えるため、分割してコピーします。",
	"cmd.env.plan.archived":       "{count} 件はアーカイブされています（{paths}）。復元するまでS3ではコピーできません。",
	"cmd.env.plan.too-long":       "{count} 件はキーが1,024バイトを超えるため、コピーできません（{paths}）。",
	"cmd.env.plan.different":      "{count} 件は同じ名前で内容が異なります（{paths}）。そのまま残します。",
	"cmd.env.plan.foreign":        "{count} 件は {connection} にないファイルです（{paths}）。そのまま残します。",
	"cmd.env.plan.left-out":       "対象外：プローブ {probes} 件、フォルダーのマーカー {markers} 件、環境のディレクトリ {environments} 個",
	"cmd.env.plan.cost":           "ファイルごとのCOPYリクエスト料金と、コピーのストレージ料金が、バケットの所有者にかかります。",
	"cmd.env.plan.rough":          "毎秒100～1,000件の場合、約 {least}～{most} かかります。実際の速度はコピーの開始前に測定します。",
	"cmd.env.plan.measured":       "所要時間は約 {time} です（測定値：毎秒 {rate} 件）。",
	"cmd.env.plan.remembered":     "所要時間は約 {time} です（このバケットで前回コピーしたときの速度：毎秒 {rate} 件）。",
	"cmd.env.plan.probes-left":    "小さなプローブ {count} 件を削除できず、s3://{bucket}/{dir}.mediadock/ に残りました。この権限では環境の削除もできません。",
	"cmd.env.progress.copy":       "コピー中",
	"cmd.env.progress.verify":     "比較中",
	"cmd.env.progress.remove":     "削除中",
	"cmd.env.progress.left":       "残り {time}",
	"cmd.env.progress.rate":       "{count} 件/秒",
	"cmd.env.counting":            "{count} 件、{bytes} を確認しました",
	"cmd.env.hours":               "{hours} 時間 {minutes} 分",
	"cmd.env.verified":            "名前ごとに比較しました：コピー元 {source} 件、環境 {target} 件。一致：ETag {etag} 件、チェックサム {checksum} 件、サイズのみ {size} 件",
	"cmd.env.verified.unfinished": "比較は完了していません。",
	"cmd.env.verified.missing":    "環境にないファイル {count} 件：{paths}",
	"cmd.env.verified.different":  "コピー元と内容が異なるファイル {count} 件：{paths}",
	"cmd.env.verified.extra":      "環境だけにあるファイル {count} 件：{paths}",

	"media.environment-taken":  "{path} には、このコンピューターがコピーしていないファイルが {count} 件あります。ほかの人が作成した環境かもしれません。この環境を使うには --no-copy、足りないものをコピーするには --into-existing を付けてください。そうでなければ別の名前を指定してください。",
	"media.environment-nested": "{path} は環境です。環境から環境は作成できません。接続からコピーしてください。",
	"media.environment-prefix": "URLプレフィックスが環境（{id}）のディレクトリの中にあります。コピーしても一覧に表示されません。そのディレクトリの接続から環境を作成してください。",
	"media.environment-id":     "{path} は環境のディレクトリではありません。何も変更していません。",
	"media.environment-busy":   "このコンピューターの別のプロセスが、この環境を作成または削除しています。終わるのを待つか、終了させてください。",
	"media.source-gone":        "{path} は途中でコピー元から削除されたため、コピーしていません。",
}
