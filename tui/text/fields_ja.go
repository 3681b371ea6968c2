package text

// fieldsJA: validation codes, notices, field labels and help of package wizard.
var fieldsJA = merge(fieldLabelsJA, fieldErrorsJA, fieldNoticesJA, partsJA, cloudinaryFieldsJA, amplifyFieldsJA, imgixJA, alsoTrust(fieldErrorsJA))

// fieldLabelsJA: what is asked, why, and where AWS's console shows it.
var fieldLabelsJA = map[string]string{
	"step.service.title": "連携サービス",
	"step.bucket.title":  "バケット",
	"step.access.title":  "アクセス権限",
	"step.place.title":   "プレフィックスとドメイン",
	"step.rules.title":   "ファイル名とメモ",
	"step.review.title":  "確認",

	"field.integration.label":       "連携サービス",
	"field.bucket.label":            "バケット名",
	"field.region.label":            "リージョン",
	"field.access.label":            "バケットへのアクセス方法",
	"field.role_arn.label":          "IAMロールARN",
	"field.external_id.label":       "外部ID",
	"field.trusted_principal.label": "ロールが信頼するアカウント",
	"field.prefix.label":            "URLプレフィックス",
	"field.domain.label":            "カスタムドメイン",
	"field.fix_file_names.label":    "メディアのファイル名を固定する",
	"field.distribution.label":      "CloudFrontディストリビューション",
	"field.service_id.label":        "サービスID",
	"field.managed_by.label":        "メディアを書き込むもの",
	"field.notes.label":             "メモ",

	"field.integration.help":       "バケットと連携するサービスです。",
	"field.bucket.help":            "汎用バケット1つの名前です。オブジェクト所有者は「ACL無効」にしてください。カスタムドメインを設定しない場合、この名前がメディアのURLに含まれます。",
	"field.region.help":            "バケットがあるAWSリージョンです。コード、英語名、日本語名で検索できます。",
	"field.access.help":            "ロールがお客様自身のアカウントも信頼している場合は「IAMロールを引き受ける」を選びます。サービスのアカウントだけを信頼している場合は「自分のAWS認証情報を使う」を選んでください（ロールはその場合も設定に含まれます）。",
	"field.role_arn.help":          "バケットのメディアをアップロード・変更・削除するときに引き受けるロールです。許可ポリシーはこのロールにアタッチします。",
	"field.external_id.help":       "ロールを引き受けるときに提示する値です。2〜1,224文字の英数字と _ + = , . @ : / - が使えます。推測されない値をmediadockで生成することをおすすめします。ロールの信頼ポリシーにも同じ値を設定してください。",
	"field.trusted_principal.help": "IAMの画面でいう「別のAWSアカウント」です。設定時にサービスから個別に伝えられた12桁のAWSアカウントID、またはそのアカウントのロールやユーザーのARNを入力します。信頼ポリシーに書き込まれます。",
	"field.prefix.help":            "メディアのアップロード先となるバケット内のディレクトリです。複数階層を指定できます。空欄の場合はバケットのルートに保存されます。",
	"field.domain.help":            "メディアの配信に使うドメインです（CloudFrontディストリビューションのドメインなど）。空欄の場合はS3の標準のアドレスになり、バケット名とリージョンがURLに含まれます。",
	"field.fix_file_names.help":    "オンの場合、再アップロードは同じファイル名でのみ可能になり、ファイル名は変更できません。オフの場合はどちらも可能です。いずれの場合も .../salary-2026.pdf は推測されやすく、.../salary-2026-k7m3x9q2w8h5t4r6n2c7v9d3z8.pdf は推測されません。アップロード時にこのような名前を提案します。",
	"field.distribution.help":      "バケットの前段に置くCloudFrontディストリビューションのIDまたはARNです。指定するとバケットポリシーはそのディストリビューションだけを許可します。指定しない場合、メディアを一般公開する必要があります。",
	"field.service_id.help":        "サービスの内部IDです。アップロードのたびに x-amz-meta-microcms-service として付与されます。空欄の場合は自動生成されます。",
	"field.managed_by.help":        "CMS自体もこのバケットに書き込む場合、ここでの変更はCMSに伝わらず、管理画面の表示と食い違うことがあります。その場合mediadockは最初の書き込みの前に確認します。",
	"field.notes.help":             "この接続についての自由記述のメモです。パスワードやアクセスキーなどの秘密情報は書かないでください。",

	"field.bucket.where":            "S3 › 汎用バケット › 名前",
	"field.region.where":            "S3 › 汎用バケット › AWS リージョン",
	"field.role_arn.where":          "IAM › ロール › 対象のロール › 概要 › ARN",
	"field.external_id.where":       "IAM › ロール › 対象のロール › 信頼関係 › sts:ExternalId",
	"field.trusted_principal.where": "IAM › ロール › 対象のロール › 信頼関係 › Principal",
	"field.prefix.where":            "S3 › 対象のバケット › オブジェクト（メディアを入れるフォルダー）",
	"field.domain.where":            "CloudFront › ディストリビューション › 対象のディストリビューション › 一般 › 代替ドメイン名",
	"field.distribution.where":      "CloudFront › ディストリビューション › ID",
	"field.integration.where":       "",
	"field.access.where":            "",
	"field.fix_file_names.where":    "",
	"field.service_id.where":        "S3 › 対象のバケット › アップロード済みのオブジェクト › メタデータ",
	"field.managed_by.where":        "",
	"field.notes.where":             "",

	"choice.integration.microcms": "管理画面からアップロードしたメディアをお客様のバケットに保存します（Enterpriseプラン限定。利用にはmicroCMSへのお問い合わせが必要です）。",
	"choice.access.role":          "サービスと同じように、外部IDを使ってIAMロールを引き受けます。",
	"choice.access.caller":        "お客様自身のAWS認証情報の権限を使います。ロールはサービスだけが使います。",
	"choice.managed_by.mediadock": "このバケットのメディアを変更するのはmediadockだけです。",
	"choice.managed_by.service":   "CMSもこのバケットに書き込みます。ここでの変更はCMSのサポート対象外です。",

	"next.microcms": "microCMSの「設定 > 外部連携 > Amazon S3連携」を開き、同じ値を入力して接続テストを実行し、問題がなければ設定を反映してください。お客様のバケットに保存されるのは、それ以降にアップロードしたメディアだけです。",
}
