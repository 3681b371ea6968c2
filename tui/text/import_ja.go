package text

// importJA: import from URLs.
var importJA = map[string]string{
	// Nothing to do.
	"media.url-imported": "{path} は以前の実行でインポート済みです。",
	"media.url-repeated": "同じURLがリストに複数あります。",

	// Refused: nothing was asked for, or nothing was stored.
	"media.url-scheme":            "{url} は https のURLではありません。",
	"media.url-http":              "{url} は暗号化されず、通信の途中で改ざんされるおそれがあります。https を試すか、mediadock media import --allow-http で許可してください。",
	"media.url-userinfo":          "{url} にユーザー名またはパスワードが含まれています。認証情報は送信しません。認証なしで開けるURLを指定してください。",
	"media.url-host":              "{url}：「{host}」はホスト名としても、通常の形式のアドレスとしても正しくありません。",
	"media.url-port":              "{url}：ポート {port} はWebサーバーのポートではありません。",
	"media.url-address":           "{url} の接続先 {address} は、内部ネットワークのアドレスです。自社のイントラネットの場合は mediadock media import --allow-private で許可できます。",
	"media.url-forbidden-address": "{url} の接続先 {address} は、クラウドのメタデータなどのために予約されたアドレスです。ここからは取得しません。",
	"media.url-too-large":         "{url} は上限の {limitsize} を超えています。上限は mediadock media import --max-size で変更できます。",
	"media.url-same-name":         "{path}：今回の別のURLに同じ名前のファイルがあります。--if-exists keep-both を指定すると、区別できる名前で両方を保存します。",
	"media.url-list-busy":         "このコンピューターで別のmediadockが、同じフォルダーにインポートしています。終わるまで待ってください。",

	// Failed.
	"media.url-invalid":    "{url} はURLとして読み取れません。",
	"media.url-dns":        "{url}：ホスト {host} が存在しないか、名前解決できません。つづりとネットワークを確認してください。",
	"media.url-connect":    "{url}：{host} に接続できません（{reason}）。",
	"media.url-tls":        "{url}：{host} の証明書を信頼できません（{reason}）。TLSを検査するプロキシを使っている場合は、AWS_CA_BUNDLE を設定してください。",
	"media.url-timeout":    "{url}：再試行しましたが、{host} から時間内に応答がありません。",
	"media.url-stalled":    "{url}：再試行しましたが、ダウンロードが途中で止まります。",
	"media.url-truncated":  "{url}：再試行しましたが、ファイル全体を受信する前に接続が切れます。何も保存していません。",
	"media.url-redirects":  "{url} はリダイレクトが循環しているか、{limit} 回を超えています。",
	"media.url-redirect":   "{url} のリダイレクト先が正しくありません（{reason}）。",
	"media.url-denied":     "{url}：サーバーに拒否されました（HTTP {status}）。インポートできるのは公開されているファイルだけです。サインインが必要か、URLの期限が切れている可能性があります。",
	"media.url-missing":    "{url} は存在しません（HTTP {status}）。",
	"media.url-busy":       "{url}：再試行しましたが、サーバーが混み合っているか、エラーを返しています（HTTP {status}）。時間をおいて、もう一度実行してください。完了した分はスキップされます。",
	"media.url-status":     "{url}：ファイルではなく HTTP {status} が返されました。",
	"media.url-encoding":   "{url} は、要求していない圧縮形式「{encoding}」で返されたため、読み取れません。",
	"media.url-proxy":      "{url}：プロキシが接続を許可しません（{reason}）。",
	"media.url-html":       "{path}：ファイルの代わりに、サインイン画面やエラーなどのWebページが返されました。プライベートウィンドウで開き、ファイルそのものが表示されるURLを指定してください。",
	"media.url-wrong-type": "{path}：{want} ではなく {type} が返されました。ブラウザーでURLを開いて内容を確認してください。",
	"media.url-empty":      "{path} は空（0バイト）のため、保存していません。",
	"media.url-list-state": "{path} に書き込めません（{reason}）。中断しても再開できるように、インポートは先にここへ記録します。これ以降は保存していません。",

	// What is not as strict, or not as expected.
	"media.note.from-plain":    "{count} 件のURLは暗号化されない通信（http）で取得します。通信の途中で改ざんされるおそれがあります。",
	"media.note.from-original": "microCMSの {count} 件のURLに画像APIのパラメーターがあります。元の画像をインポートするため、パラメーターは除きます。",
	"media.note.from-earlier":  "{count} 件は以前の実行でインポート済みのため、スキップします。",
	"media.note.import-unseen": "ファイルに含まれるメタデータは、全体を取得するまで分かりません。プレビューで取得するのは先頭だけです。",
	"media.note.from-private":  "内部ネットワークのアドレスからの取得を許可しています（--allow-private）。",
	"media.note.from-proxy":    "名前解決はプロキシ {proxy} が行います。内部ホストの拒否は、ホスト名とURLに書かれたアドレスだけで判断します。",

	"cmd.import_nothing":    "URLか、--from FILE でリストを指定してください。",
	"cmd.import_both":       "URLと --from FILE は同時に指定できません。",
	"cmd.import_list":       "{file} はURLのリストではありません。1行に1つのURLを書くか、url 列のあるCSVにしてください。",
	"cmd.import_empty":      "{file} にURLがありません。",
	"cmd.bad_max_size":      "--max-size {value}：20M、5G のようにバイト数を指定してください。",
	"cmd.bad_per_host":      "--per-host には1以上の数を指定してください。",
	"cmd.redirects_foreign": "{file} はすでに存在し、新旧URLの対応表ではないため、置き換えませんでした。別の名前を指定するか、ファイルを削除してください。",
	"cmd.plan.import":       "インポート予定     {from}  ->  {url}  {size}",
	"cmd.plan.import_why":   "対象外             {reason}",
	"cmd.plan.import_not":   "対象外             {from}  {reason}",

	"help.media.import.short": "公開されているURLからバケットにインポートします",
	"help.media.import.long": `公開されているURLのファイルを、バケットにインポートします。メディアの保存先を自分のバケットに切り替えたあと、CMS側に残ったメディアを移すときなどに使います。

リストは、1行に1つのURLを書いたファイルか、CSVです。CSVの列は url のほか、path（FOLDER の下の保存先。末尾が / ならフォルダー）と alt（代替テキスト）を使えます。中断しても、もう一度実行すればインポート済みのものはスキップされます。--redirects を指定すると新旧のURLの対応が残り、リダイレクトの設定やコンテンツの置き換えに使えます。

取得するのは、だれでも取得できるファイルだけです。https で通信し、認証情報やCookieは送信せず、ホスト名やリダイレクトにかかわらず、内部ネットワークやクラウドのメタデータからは取得しません。ファイルの代わりにWebページが返された場合は保存しません。microCMSの画像は、画像APIのパラメーターを除いて元の画像を取得します。`,
	"help.media.import.example": `mediadock media import https://www.example.com/logo.png --to brand
# サーバーに問い合わせて対象だけを確認する（保存しない）
mediadock media import --from urls.txt --to old --dry-run
mediadock media import --from urls.csv --to old --if-exists keep-both \
  --redirects moved.csv`,
	"help.media.import.flag.from":           "URLのリスト `FILE`（- は標準入力）",
	"help.media.import.flag.to":             "インポート先の `FOLDER`",
	"help.media.import.flag.if-exists":      "同じ名前のメディアがある場合の動作 `WHAT`：ask、fail、skip、replace、keep-both",
	"help.media.import.flag.random-suffix":  "各ファイル名に推測されにくい文字列を付け加えます",
	"help.media.import.flag.keep-metadata":  "確認せず、ファイルをそのままアップロードします",
	"help.media.import.flag.ask-metadata":   "場所や人物が分かるファイルごとに確認します（既定）",
	"help.media.import.flag.remember":       "このコンピューターでは、この接続で以降も同じ扱いにします",
	"help.media.import.flag.strip-metadata": "撮影場所、カメラ、作成者、日時、サムネイルなどのメタデータを取り除きます",
	"help.media.import.flag.fix-names":      "URLや他のシステムで問題になるファイル名を直します",
	"help.media.import.flag.allow-http":     "暗号化されない http からも取得します",
	"help.media.import.flag.allow-private":  "自社の内部ネットワークのアドレスからも取得します",
	"help.media.import.flag.max-size":       "`BYTES` を超えるファイルを対象外にします（20M、5G など）",
	"help.media.import.flag.per-host":       "1つのホストから同時にダウンロードする数 `N`",
	"help.media.import.flag.redirects":      "新旧のURLをCSVで `FILE` に書き出します（中断したときも）",
	"help.media.import.flag.again":          "以前の実行でインポートしたものも、もう一度インポートします",
}
