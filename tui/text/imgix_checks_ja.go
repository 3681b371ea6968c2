package text

// imgixChecksJA: the rows, causes and fixes of imgix's connection test.
var imgixChecksJA = map[string]string{
	"result.caller.identity.pass-keyring": "キーリングのキー {profile} により、アカウント {account} の {name} として実行しています。",

	"check.imgix.key":      "imgixのアクセスキー",
	"check.imgix.read":     "アセットの読み取り",
	"check.imgix.rights":   "読み取り以外の権限",
	"check.imgix.rules":    "Asset Managerの表示",
	"check.imgix.delivery": "imgixのURL",

	"result.imgix.key.pass":      "アカウント {account} のIAMユーザー {name} のキーです。",
	"result.imgix.key.unknown":   "このエンドポイントでは、誰のキーかを確認できません。",
	"result.imgix.key.root":      "アカウント {account} のルートユーザーのキーです。",
	"result.imgix.key.temporary": "{name} の一時的なセッションのキーで、期限が切れます。",
	"result.imgix.key.shared":    "所有者側の確認にも {name} のキーが使われています。",

	"result.imgix.read.pass":       "{key} を読み取れます。",
	"result.imgix.read.pass-empty": "読み取りは許可されています（「{dir}」にまだファイルがありません）。",
	"result.imgix.read.empty":      "「{dir}」に読み取るファイルがありません。アップロードしてから再テストしてください。",
	"result.imgix.read.unlisted":   "一覧の取得が中断し、読み取るファイルを選べませんでした。",
	"result.imgix.read.fail":       "{key} を読み取れません。",

	"result.imgix.rights.pass":         "このキーでは書き込みできません。",
	"result.imgix.rights.writes":       "このキーでは読み取り以外も可能です（{what}）。",
	"result.imgix.rights.others":       "このキーは別のバケットにもアクセスできます（{what}）。",
	"result.imgix.rights.not-its-own":  "確認していません：imgix専用のキーではありません（imgix.keyを参照）。",
	"result.imgix.rights.inconclusive": "読み取り以外の権限の有無を確認できませんでした。",

	"result.imgix.rules.pass":      "{total} 件中 {shown} 件のアセットが表示されます（{mode}）。",
	"result.imgix.rules.pass-some": "先頭の {total} 件中 {shown} 件のアセットが表示されます（{mode}）。",
	"result.imgix.rules.empty":     "まだアセットがありません。",
	"result.imgix.rules.unlisted":  "一覧の取得が中断し、アセットを数えられませんでした。",

	"result.imgix.delivery.pass":            "imgixが {url} を配信しています。",
	"result.imgix.delivery.not-found":       "imgixに {url} がありません（{status}）。",
	"result.imgix.delivery.refused":         "imgixが {url} を拒否しました（{status}）。",
	"result.imgix.delivery.redirected":      "{url} は {location} にリダイレクトされます。",
	"result.imgix.delivery.no-answer":       "{url} から応答がありません。",
	"result.imgix.delivery.inconclusive":    "{url} の応答（{status}）では判断できません。しばらくしてから再テストしてください。",
	"result.imgix.delivery.nothing":         "imgixで確認できるアセットがまだありません。アップロードしてから再テストしてください。",
	"result.imgix.delivery.no-subdomain":    "サブドメインが設定されていません。",
	"result.imgix.delivery.custom-endpoint": "imgixはこのエンドポイントから読み取らないため、確認していません。",

	"verdict.ready-with-warnings.imgix": "準備完了（警告あり）：imgixのキーでアセットを読み取れます。! と ? の行を確認してください。",
	"verdict.ready.imgix":               "準備完了：imgixのキーでアセットを読み取れ、imgixから配信されています。",

	"note.imgix-template":           "ユーザーの権限は、imgixが簡単な方法として案内するAWS管理ポリシーAmazonS3ReadOnlyAccessと同じです。アカウントのすべてのバケットを読み取れます。",
	"note.imgix-reads-everything":   "imgixが簡単な方法として案内するAWS管理ポリシーAmazonS3ReadOnlyAccessのように、このバケット以外も読み取れます。このポリシーだけかどうかは --owner で確認できます。",
	"note.imgix-rights-unsure":      "条件やアクセス許可の境界によっては、ユーザーのポリシーで {what} も許可される可能性があります。",
	"note.imgix-policies-unread":    "ユーザーのポリシーの一部を読み取れませんでした（必要な権限：{needs}）。",
	"note.imgix-rules-unmatched":    "{paths} で始まるパスのアセットはありません。ルールのパスにはソースのプレフィックスを含めません。",
	"note.imgix-rules-show-nothing": "Asset Managerには何も表示されません。配信には影響しません。",
	"note.imgix-us-east-1":          "us-east-1では、imgixはインターネットから s3-external-1.amazonaws.com 経由で読み取ります。aws:SourceVpceやaws:SourceIpの条件があると読み取れません。",

	"cause.imgix-key-root":          "アカウントですべての操作ができるルートユーザーのキーです。",
	"cause.imgix-key-temporary":     "imgixが保存するキーは長期のものですが、このキーには期限があります。imgixのキーではなく、ご自身のセッションでテストした可能性があります。",
	"cause.imgix-key-shared":        "アカウントの管理と同じキーです（imgixには専用のキーが必要です）。または、管理者の認証情報（--owner-profile）が指定されていません。",
	"cause.imgix-key-writes":        "ユーザー自身のポリシーで {what} が許可されています。imgixに必要なのは読み取りだけです。",
	"cause.imgix-key-other-buckets": "ユーザー自身のポリシーの範囲が {bucket} を超えています（{what}）。",
	"cause.imgix-bucket-lets-more":  "バケットポリシーまたはACLで、このユーザーまたは全員に {what} が許可されています。",
	"cause.imgix-queued":            "ソースがまだimgixに保存されていないか、保存後のデプロイ待ちの可能性があります。",
	"cause.imgix-subdomain-wrong":   "このサブドメインのソースがないか、別のソースのものです。",
	"cause.imgix-prefix-wrong":      "ソースのプレフィックスが「{dir}」と異なるか、別のバケットの可能性があります。",
	"cause.imgix-refused":           "ソースに登録したアクセスキーがテストしたものと異なるか、署名付きURLが必須になっている可能性があります。",

	"fix.imgix-let-read":        "imgix用のIAMユーザーに次のポリシーを追加してください。imgix-policy.json として保存します。",
	"fix.imgix-narrow-key":      "imgix用のIAMユーザーに次のポリシー（imgix-policy.json）を設定してください。imgixに必要な権限はこれだけです。",
	"fix.then-imgix-take-away":  "続けて、imgix専用のユーザーであれば、ほかのポリシーとグループを外してください。人やプログラムも使っているユーザーの場合はそのままにして、imgix用のユーザーを別に作成してください。",
	"fix.imgix-make-user":       "コンソールへのアクセスがない、imgix専用のIAMユーザーを作成してください。",
	"fix.then-imgix-allow-user": "次のポリシーを設定してください。imgix-policy.json として保存します。",
	"fix.then-imgix-make-key":   "アクセスキーを作成してimgixに登録し、このコンピューターには aws configure --profile imgix で登録してください。",
	"fix.imgix-narrow-bucket":   "バケットポリシーを確認し、このユーザーや全員に与えている余分な権限を外してください。",
	"fix.imgix-wait":            "ダッシュボードでソースのデプロイが完了するまで待ってから、再テストしてください。",
	"fix.imgix-check-subdomain": "サブドメインを、imgixのダッシュボードにあるソースのものと見比べてください。",
	"fix.imgix-check-prefix":    "バケットとプレフィックスを、imgixのダッシュボードにあるソースのものと見比べてください。",
	"fix.imgix-check-key":       "ソースにアクセスキーをもう一度入力して保存し、Security設定で署名付きURLが必須になっていないか確認してください。",
}
