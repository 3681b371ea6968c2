package text

// cloudinaryChecksJA: the rows of Cloudinary's connections.
var cloudinaryChecksJA = map[string]string{
	"check.cloudinary.bucket-name": "Cloudinaryが読み取れるバケット名",
	"check.cloudinary.marker":      "マーカーファイルによるクラウド名の許可",
	"check.cloudinary.key":         "オブジェクトを暗号化しているキー",
	"check.cloudinary.policy":      "バケットポリシーによるCloudinaryの読み取り許可",
	"check.cloudinary.key-policy":  "キーポリシーによるCloudinaryの復号許可",
	"check.cloudinary.exposure":    "Cloudinaryに許可されているその他の操作",

	"result.cloudinary.bucket-name.pass": "{bucket} にピリオドは含まれていません。",
	"result.cloudinary.bucket-name.dots": "{bucket} にピリオドが含まれ、Cloudinaryは読み取れません。",

	"result.cloudinary.marker.pass":      "{count} 件すべてあります：{clouds}",
	"result.cloudinary.marker.missing":   "{clouds} のマーカーファイルがなく、何も読み取られません。",
	"result.cloudinary.marker.misplaced": "マーカーの場所が違います：{found}",
	"result.cloudinary.marker.unknown":   "不明：{key} の確認には{needs}が必要です。",

	"result.cloudinary.key.pass":     "{count} 件を確認。キーはすべて設定済みです：{keys}",
	"result.cloudinary.key.pass-s3":  "{count} 件を確認。KMSキーはなく、許可は不要です。",
	"result.cloudinary.key.empty":    "比較するオブジェクトがまだありません。",
	"result.cloudinary.key.mismatch": "{object} は設定にないキーで暗号化されています。",
	"result.cloudinary.key.unknown":  "不明：{needs}が必要です。",

	"result.cloudinary.policy.pass":       "バケットポリシーで、{dir} とマーカーの読み取りがCloudinaryに許可されています。",
	"result.cloudinary.policy.missing":    "{bucket} の {dir} の読み取りがCloudinaryに許可されていません。",
	"result.cloudinary.policy.narrow":     "{dir} は読み取れますが、マーカーファイルを読み取れません。",
	"result.cloudinary.policy.denied":     "{statement} がCloudinaryを拒否しています{what}。",
	"result.cloudinary.policy.restricted": "ブロックパブリックアクセスが他のアカウントを {bucket} から締め出しています。",
	"result.cloudinary.policy.depends":    "Cloudinaryのリクエスト元によって結果が変わります。",
	"result.cloudinary.policy.unknown":    "不明：{needs}が必要です。",
	"result.cloudinary.policy.not-asked":  "不明：所有者側からしか確認できません（--owner）。",

	"result.cloudinary.key-policy.pass":      "Cloudinaryは {count} 個のキーすべてで復号できます。",
	"result.cloudinary.key-policy.none":      "KMSキーの設定はなく、新しいオブジェクトにも使われません。",
	"result.cloudinary.key-policy.denied":    "{key} のポリシーはCloudinaryに復号を許可していません。",
	"result.cloudinary.key-policy.missing":   "キー {key} がありません。",
	"result.cloudinary.key-policy.managed":   "AWSマネージドキー {key} は他のアカウントからの復号に使えません。",
	"result.cloudinary.key-policy.disabled":  "キー {key} は有効な状態ではないため、誰も復号できません。",
	"result.cloudinary.key-policy.unknown":   "不明：{needs}が必要です。",
	"result.cloudinary.key-policy.not-asked": "所有者側は確認していません。",

	"result.cloudinary.exposure.pass":      "Cloudinaryが読み取れるのは {dir} だけです。",
	"result.cloudinary.exposure.whole":     "公式手順のとおり、{bucket} 全体を読み取れます。",
	"result.cloudinary.exposure.wide":      "Cloudinaryに読み取り以外も許可されています：{actions}",
	"result.cloudinary.exposure.unknown":   "不明：{needs}が必要です。",
	"result.cloudinary.exposure.not-asked": "所有者側は確認していません。",

	"note.cloudinary-reads-all":   "公式手順のポリシーはバケット全体が対象です。mediadock policy bucket --tightを使うと {dir} とマーカーファイルに限定できます。",
	"note.cloudinary-keys-unused": "KMSキーが設定されていますが、確認したオブジェクトはどのキーでも暗号化されていません。",

	"note.cloudinary-organization-unread": "不明：AWS Organizationsのリソースコントロールポリシー（RCP）は、組織の管理者しか読み取れません。Cloudinaryの読み取りが拒否される場合は、ほかの組織を拒否するRCPがないか確認してください。",

	"verdict.ready.cloudinary":               "準備完了：バケットポリシーとマーカーファイルにより、Cloudinaryがアセットを読み取れます。",
	"verdict.ready-with-warnings.cloudinary": "警告あり：失敗はありません。! と ? の行を確認してください。",

	"cause.cloudinary-bucket-dots":      "Cloudinaryは名前にピリオドを含むバケットに対応していません（S3のTLS証明書に名前が合わないため）。",
	"cause.cloudinary-marker-missing":   "Cloudinaryがバケットを読み取るのは、バケット直下のフォルダー「.wellknown/cloudinary」に空ファイルがあるクラウド名のためだけです。",
	"cause.cloudinary-marker-misplaced": "Cloudinaryが確認するのは、バケット直下のフォルダー「.wellknown/cloudinary」だけです。ハイフンはなく、プレフィックスの外にあります。",
	"cause.cloudinary-policy-missing":   "Cloudinaryのアカウント232482882421にs3:GetObjectでのメディアの読み取りを許可するステートメントが、バケットポリシーにありません。",
	"cause.cloudinary-policy-narrow":    "Cloudinaryは最初にマーカーファイルを読み取ります。バケットポリシーはメディアだけを許可しているため、メディアを読み取る前に拒否されます。",
	"cause.cloudinary-denied":           "バケットポリシーのDenyがCloudinaryに該当します。Cloudinaryは別のアカウント、別の組織に属し、独自のネットワークから読み取ります。Denyはすべての許可より優先されます。",
	"cause.cloudinary-restrict-public":  "バケットポリシーにパブリックなステートメントがあり、RestrictPublicBucketsがオンです。この場合、S3はCloudinaryを含む他のアカウントをすべて拒否します。",
	"cause.cloudinary-key-not-granted":  "オブジェクトは暗号化されていますが、キー {kms_key} のポリシーがCloudinaryのアカウントに復号を許可していません。バケットポリシーでは許可できません。",
	"cause.cloudinary-key-managed":      "オブジェクトの暗号化にAWSマネージドキーaws/s3（{kms_key}）を使う設定になっているか、すでに使われています。このキーのポリシーは編集できないため、Cloudinaryのアカウントは復号できません。",
	"cause.cloudinary-key-mismatch":     "オブジェクトは {kms_key} で暗号化されていますが、設定にはこのキーがありません。KMSで最も多い原因は、別のキーに許可を付けることです。",
	"cause.cloudinary-too-wide":         "バケットポリシーが、必要な読み取り以外の操作もCloudinaryに許可しています。",

	"fix.cloudinary-other-bucket":    "名前にピリオドのないバケットを作成してファイルをコピーし、そのバケットで接続を設定してください。",
	"fix.cloudinary-add-marker":      "mediadockで不足しているファイルを追加します。--dry-runで事前に内容を確認できます。",
	"fix.cloudinary-put-marker":      "AWS CLIかS3コンソールで空ファイルを追加してください。フォルダー名は「.wellknown/cloudinary」（ハイフンなし）です。",
	"fix.cloudinary-add-statement":   "Cloudinaryのステートメントをバケットポリシーに追加してください。他のステートメントはそのまま残します。",
	"fix.cloudinary-exempt":          "CloudinaryのアカウントをDenyの対象から除外してください（条件：StringNotEquals aws:PrincipalAccount 232482882421）。",
	"fix.cloudinary-close-public":    "パブリックなステートメントをバケットポリシーから削除してください。ブロックパブリックアクセスにより、外部には元々効果がありません。アカウント内で使われていないか、先に確認してください。",
	"fix.cloudinary-allow-key":       "Cloudinaryのステートメントをキーポリシーに追加してください。他のステートメントはそのまま残します。",
	"fix.cloudinary-own-key":         "バケットのデフォルトの暗号化をSSE-S3か、Cloudinaryに復号を許可したカスタマーマネージドキーに変更し、既存のオブジェクトを同じ場所にコピーし直してください。",
	"fix.cloudinary-name-key":        "オブジェクトが実際に使っているキーを設定してください。",
	"fix.then-cloudinary-key-policy": "次に、それぞれのキーのポリシーにステートメントを追加してください。AWSマネージドキー（aws/s3）には許可を付けられないため、別のキーで暗号化してください。",
	"fix.cloudinary-narrow":          "Cloudinaryのステートメントを、メディアとマーカーファイルの読み取りだけのものに置き換えてください。",
}
