package text

// explainJA: errors that people paste.
var explainJA = map[string]string{
	"undecided.sts":  "AWS STSはこれらをすべて同じ文面で拒否するため、応答からは区別できません。",
	"undecided.s3":   "S3は理由を示していません。S3が拒否の理由を示すのは、バケットと同じアカウントの呼び出し元に対してだけです。",
	"undecided.kms":  "AWS KMSは、キーが存在しない場合、別のリージョンにある場合、拒否した場合に、同じ文面を返します。",
	"undecided.head": "HEADリクエストの応答には本文がないため、リージョンの誤りとセッションの期限切れを区別できません。",

	"compare.refused": "拒否",
	"compare.granted": "許可",

	"explain.empty":   "説明する内容がありません。エラーの文面を引数に指定するか、パイプで渡してください：COMMAND 2>&1 | mediadock explain",
	"explain.read":    "入力を読み取れませんでした：{detail}",
	"explain.cut":     "テキストが長いため、先頭と末尾の {bytes} バイトずつを読み取りました。",
	"explain.several": "{count} 種類のエラーが含まれています。",
	"explain.number":  "エラー {number}/{count}（{times} 回）：",
	"explain.request": "AWSサポートに伝えるリクエストID：{request}",
	"explain.unknown": "mediadockの知らない文面です。機密情報を除いて以下に示します。",

	"explain.denied":              "AWSが {principal} に対して {action} を拒否しました{resource}。",
	"explain.denied-somebody":     "AWSが {action} を拒否しました{resource}。",
	"explain.denied-stranger":     "AWSが認証情報のない呼び出し元に対して {action} を拒否しました{resource}。",
	"explain.answered":            "{operation} に対する応答は {answer} でした。",
	"explain.refused":             "AWSの応答は {answer} でした。",
	"explain.delivery":            "認証情報なしのリクエストに対する応答は {answer} でした。",
	"explain.page":                "AWSの応答ではなくWebページが返されました。",
	"explain.local":               "プログラムがリクエストを送る前に中断しました。",
	"explain.network.dns":         "名前を解決できませんでした{host}。",
	"explain.network.refused":     "接続を拒否されました{host}。",
	"explain.network.unreachable": "サーバーへの経路がありません{host}。",
	"explain.network.timeout":     "時間内に応答がありませんでした{host}。",
	"explain.network.cors":        "ブラウザーがCORSにより、スクリプトによる応答の読み取りを拒否しました{host}。",
	"explain.network.tls":         "暗号化された接続を確立できませんでした{host}。",
	"explain.network.proxy":       "プロキシがリクエストを通しませんでした{host}。",
	"explain.network.reset":       "応答が届く前に接続が切れました{host}。",
}
