package text

func setupJA(u *UI) {
	u.Setup = SetupWords{
		TitleNew: "新しい接続", TitleEdit: "{name} を編集",
		Progress: "ステップ {n} / {of}",
		Optional: "任意", Nothing: "-",
		Example:   "例: {value}",
		Search:    "コード、都市名、国名で検索",
		MoreBelow: "ほか {n} 件",
		On:        "ON", Off: "OFF",
		Use:          "{value} を使う",
		LockAsking:   "メディアの有無をバケットに確認中",
		LockUnknown:  "変更不可: バケットの一覧を取得できません",
		LockedBy:     "変更不可: メディアが {n} 件あります",
		MediaAt:      "メディアのURL",
		NeedsBucket:  "バケット名を入力するとURLが表示されます",
		AllDocuments: "すべて",
		StillNeeds:   "未入力: {fields}",
		DraftKept:    "下書き {name} として保存しました",
		Saved:        "{name} を保存しました",
		Saving:       "接続の保存",
	}
	u.About = AboutWords{
		Title:    "この設定でできること",
		What:     "microCMSの管理画面からアップロードするメディア（画像、動画、PDFなどのファイル）の保存先を、microCMSのストレージからお客様のS3バケットに切り替え、お客様のドメインで配信します。URLのドメインだけを変える機能とは異なり、保存先そのものが変わります。",
		Enable:   "Enterpriseプランの機能で、初期状態では無効です。要件により追加費用がかかる場合があるため、事前にmicroCMSへお問い合わせください。対応するストレージはAmazon S3だけです。",
		NeedsAWS: "バケット、許可ポリシーをアタッチしたIAMロール、必要に応じてCloudFrontディストリビューションを用意します。必要な文書はこの画面で作成します。この手順でAWS側の設定が変わることはなく、AWS管理者への依頼文も作成できます。",
	}
	u.Review = ReviewWords{
		Name: "接続の名前", Problems: "先に修正が必要です", Addresses: "メディアのURL",
		Final: "後から変更できないもの", FinalBody: "最初のファイルをアップロードした後は、連携サービス、バケット、リージョン、プレフィックス、ドメイン、ファイル名のルールを変更できず、設定の削除もできません。ロールと外部IDは入れ替えできます。",
		Afterwards:   "保存した後",
		Know:         "アップロードの前に知っておくこと",
		Guessable:    "URLにランダムな文字列は含まれないため、推測されやすくなります。機密性の高いファイルには推測されにくい名前を付けてください。",
		ImageAPI:     "microCMSの画像API（URLパラメータによるリサイズやフォーマット変換）は利用できません。imgixなどのサービスをご利用ください。",
		Backup:       "これらのファイルはmicroCMSの定期バックアップの対象外です。バケットとデータの管理はお客様の責任で行ってください。",
		Cache:        "Cache-Controlヘッダーは付与されません。キャッシュが必要な場合はCloudFrontなどのCDNをご利用ください。",
		Stale:        "CDNのキャッシュにより、削除したファイルが配信され続けることがあります。削除時にキャッシュを無効化するか、TTLを短くしてください。",
		Direct:       "CMSを経由せずS3を直接操作することはサポート対象外です。メディアが表示されないなどの不具合の原因になります。",
		Cost:         "データ転送とストレージの費用はAWSからお客様に請求されます。microCMSの利用量グラフには反映されません。",
		Existing:     "すでにアップロード済みのメディアは移動しません。以後にアップロードしたものだけがバケットに保存されます。",
		Environments: "ほかの環境のメディアは、環境ごとのディレクトリ（{dir}env-...）に複製され、URLも別になります。環境を削除すると、その複製も削除されます。",
		Plan:         "microCMSのEnterpriseプランと、microCMS側での有効化が必要です。",
		AskMend:      "修正が必要な項目が {n} 件あります。enterで最初の項目に移動します。",
		AskTest:      "次は接続テストです。小さなテスト用ファイルをアップロードし、読み取った後に削除します。",
		TestReady:    "接続テストに成功しました。", TestWarnings: "接続テストに成功しました（要確認の項目あり）。",
		TestFailed: "接続テストに失敗しました。入力内容は下書きとして残しています。enterで再テストします。",
		TypeBucket: "保存するにはバケット名 {bucket} を入力してください",
		Saving:     "保存しています ...",
		KeyMend:    "修正する", KeyTest: "接続テスト", KeyName: "名前",
		NameTitle: "接続の名前", NameBody: "コマンドや一覧で使う名前です。英小文字、数字、ドット、ハイフン、アンダースコアが使えます。",
		NameGrammar: "英小文字か数字で始まる、英小文字・数字・ドット・ハイフン・アンダースコア1〜63文字で入力してください。",
		NameTaken:   "{name} はほかの接続で使われています。",
	}
	u.Documents = DocumentWords{
		All:   "AWS用の文書",
		Trust: "ロールの信頼ポリシー", Permissions: "ロールの許可ポリシー", PermissionsTight: "ロールの許可ポリシー（最小限）",
		Bucket: "バケットポリシー", KMS: "キーポリシー（KMS）", CORS: "CORS設定",
		Terraform: "Terraform", CloudFormation: "CloudFormation", Handoff: "AWS管理者への依頼文", AWSCLI: "AWS CLIコマンド",
	}
}
