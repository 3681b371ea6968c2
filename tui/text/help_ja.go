package text

// helpJA: すべてのコマンドとフラグの説明、使用例、ヘルプの見出し。
var helpJA = merge(helpPagesJA, helpCommandsJA, helpFlagsJA)

// helpCommandsJA: 各コマンドの説明と使用例。
var helpCommandsJA = map[string]string{
	"help.short": "お客様のS3バケットをCMSに接続し、動作を確認して、メディアを管理します",
	"help.long": `お客様のS3バケットをCMSに接続し、正しく動作することを確認して、バケットのメディアをターミナルから管理します。

コマンドを付けずに実行するとターミナルUIが開きます。保存済みの接続がなければウィザード、あればホーム画面です。mediadock demo は内蔵のAWSで同じ画面を開きます。外部には何も送信しません。`,
	"help.example": `# まずはAWSアカウントなしで試す
mediadock demo
# 接続を設定し、気になることがあればテストする
mediadock setup
mediadock check`,

	"help.demo.short": "内蔵のAWSで一通り試します（外部には何も送信しません）",
	"help.demo.long": `内蔵のAWSを使ってターミナルUIを開きます。--home を指定しない限り、設定は一時的な場所に置かれ、終了すると消えます。外部には何も送信しません。

--scenario を指定すると、設定ミスのある状態を練習できます。一覧は --scenario list で表示できます。`,
	"help.demo.example": `mediadock demo
# 練習：ロールの外部IDが一致しない
mediadock demo --scenario external-id-mismatch`,

	"help.setup.short": "接続を設定します（入力、テスト、保存）",
	"help.setup.long": `質問に答えて接続を設定し、実際にテストしてから保存します。

--no-input を付けると、すべてフラグ、環境変数、--from から読み取ります。テストに合格しなければ何も保存しません。CMSのアカウントだけを信頼するロールは、ほかの誰にも試せません。その場合は --owner を付けると、代わりにポリシーの内容で判定します。`,
	"help.setup.example": `mediadock setup
# スクリプトから
mediadock setup --no-input --bucket alpha-prod-assets \
  --region ap-northeast-1 --prefix media --external-id "$ID" \
  --role-arn arn:aws:iam::123456789012:role/SampleRole`,

	"help.check.short": "接続を実際にテストします",
	"help.check.long": `接続を実際にテストします。テスト用のファイルは残しません。

NAME は保存済みの接続または下書きです。設定のフラグを使うと、保存していない設定もテストできます。--owner を付けると、バケット、ロール、ポリシーを管理者の認証情報で読み取って確認します。1人ですべてをテストできない場合は、それぞれがレポートを作成し（--output）、--with で1つにまとめます。
終了コード：0 準備完了（警告を含む）、1 チェックに失敗、2 設定に誤り、3 実行できない。`,
	"help.check.example": `mediadock check prod --owner-profile admin
# 渡すためのレポートを作る、相手のレポートとまとめる
mediadock check prod --output report.md
mediadock check prod --owner --with vendor.md
# 正常だったときからの変化を見る、直るまで繰り返す
mediadock check prod --baseline last-good.json
mediadock check prod --watch`,

	"help.explain.short": "AWSのエラーの原因と対処を説明します（貼り付け、パイプ）",
	"help.explain.long": `S3、STS、KMS、CloudFrontのエラーの原因と対処を説明します。AWS CLIの1行、SDKのエラー、S3のXML、ブラウザーの表示、CloudFrontのページ、curlの出力、ログ全体など、どこで出たものでもかまいません。外部には何も送信しません。接続（-c NAME）や設定（--bucket など）を指定すると、より正確になります。

終了コード：0 説明できた、1 不明なエラー、2 説明する対象がない。`,
	"help.explain.example": `aws s3 cp logo.png s3://alpha/media/ 2>&1 | mediadock explain
mediadock explain 'AccessDenied when calling the AssumeRole operation'`,

	"help.policy.short": "AWS用のドキュメントを出力します：trust、permissions、bucket、kms、cors、all",
	"help.policy.long": `接続のためにAWS側で必要なポリシーを、値を埋めた状態で出力します。

KIND は次のいずれかです：trust（ロールを引き受けられる相手）、permissions（ロールに許可する操作）、bucket（メディアを閲覧できる相手）、kms（バケットをKMSキーで暗号化している場合のロールとキー）、all（すべて）。使える種類は連携サービスによって異なります。imgixは permissions（imgixがキーを使うIAMユーザー用）、Cloudinaryは bucket と kms（kms_key_arns のキー用）、AWS Amplifyは permissions（Amplifyのロール用）、bucket、cors、およびアプリのファイルである amplify-backend と amplify-outputs です。

TerraformとAWS CLIのスクリプトは、既存のバケットポリシーを読み取って追記します。既存の内容を置き換えることはありません。ドキュメントが複数ある場合は、名前をキーとする1つのJSONになります。JSON以外のファイルはそのまま出力します。`,
	"help.policy.example": `mediadock policy trust prod
mediadock policy all prod --format terraform --output media.tf
mediadock policy kms prod \
  --kms-key arn:aws:kms:ap-northeast-1:123456789012:key/KEY-ID
# 内容を確認してから、管理者の権限で実行する
mediadock policy all prod --format aws-cli --output apply.sh`,

	"help.handoff.short": "AWS管理者への依頼書を作成します",
	"help.handoff.long": `AWSの管理者への依頼書を、1つのMarkdownファイルとして作成します。言語は --lang en または --lang ja で選べます。

依頼の内容と理由、ロールが信頼する相手、確認の方法を記載します。値を埋めたすべてのポリシーを、コンソールでの設定場所とともに示し、同じ内容をTerraform、CloudFormation、AWS CLIのコマンドでも示します。ロールがまだなくても作成できます。外部IDは省略せずに記載します。`,
	"help.handoff.example": `mediadock handoff prod --output request.md
# ロールを作る前に
mediadock handoff --bucket alpha-prod-assets --region ap-northeast-1 \
  --external-id "$ID" --trusted-principal 999988887777 --prefix media`,

	"help.media.short": "メディアの一覧、アップロード、ダウンロード、変更、削除",
	"help.media.long":  "接続のメディアを操作します。パスはURLプレフィックスからの相対パスです。",
	"help.media.example": `mediadock media ls -c prod
mediadock media put photos/ --to 2026/spring -c prod`,

	"help.media.ls.short": "メディアとフォルダーを一覧表示します",
	"help.media.ls.long":  "メディアとフォルダーを一覧表示します。PATH はフォルダーまたはファイルで、省略するとURLプレフィックスの直下から表示します。1件もなくてもエラーにはなりません。",
	"help.media.ls.example": `mediadock media ls docs/ -c prod
mediadock media ls -r --json | jq -r .path`,

	"help.media.put.short": "ファイルとフォルダーをアップロードします",
	"help.media.put.long":  "ファイルとフォルダーをアップロードします。DIR はフォルダー名ごと、DIR/ は中身だけをアップロードします。--if-exists で指定しない限り、上書きしません。公開する前に、撮影場所など、ファイルに含まれる情報を知らせます。--strip-metadata を付けると、画質を変えずにそれらを取り除きます。",
	"help.media.put.example": `# 対象とURLだけを確認する
mediadock media put photos/ --to 2026/spring --dry-run
mediadock media put photos/ --to 2026/spring`,

	"help.media.get.short": "ファイルとフォルダーをダウンロードします",
	"help.media.get.long":  "ファイルとフォルダーをディレクトリにダウンロードします。そのディレクトリの外には書き込みません。--if-exists で指定しない限り、上書きしません。中断したダウンロードは、同じコマンドをもう一度実行すると続きから再開します。",
	"help.media.get.example": `mediadock media get docs/annual.pdf
mediadock media get -r docs/ --to backup`,

	"help.media.mv.short": "ファイルやフォルダーの名前を変更、または移動します",
	"help.media.mv.long":  "ファイルやフォルダーの名前を変更、または移動します。TO の末尾に / を付けると、その中に移動します。以前のURLは使えなくなります。--redirects を指定すると、新旧のURLの対応を残せます。ファイル名を固定している場合は実行できません。",
	"help.media.mv.example": `mediadock media mv logo.png brand/
mediadock media mv 2025/ archive/2025/ --redirects moved.csv`,

	"help.media.rm.short": "ファイルとフォルダーを削除します",
	"help.media.rm.long":  "ファイルとフォルダーを削除します。使えなくなるURLを表示し、ファイル数の入力を求めてから削除します。",
	"help.media.rm.example": `mediadock media rm -r drafts/ --dry-run
mediadock media rm -r drafts/`,

	"help.media.replace.short":   "再アップロードします（ファイルの差し替え）",
	"help.media.replace.long":    "ファイルを別のファイルに差し替えます。ファイル名を固定している場合、FILE は同じ名前である必要があります。固定していない場合は FILE の名前に変わり、以前のURLは使えなくなります。その場合は両方のURLを表示し、ターミナルでは確認します。--same-name を付けると拒否します。",
	"help.media.replace.example": `mediadock media replace docs/annual.pdf annual.pdf`,

	"help.media.info.short":   "ファイルの情報をすべて表示します",
	"help.media.info.long":    "ファイルの情報（URL、サイズ、種類、日時、ETag、メタデータ）をすべて表示します。",
	"help.media.info.example": `mediadock media info docs/annual.pdf --json`,

	"help.media.url.short": "ファイルのURLを表示します",
	"help.media.url.long":  "ファイルの公開URLを表示します。--presign を指定すると、公開していないファイルにも一定時間アクセスできる署名付きURLを表示します。署名付きURLは、署名に使った認証情報より長くは使えません。実際の有効期限も表示します。",
	"help.media.url.example": `mediadock media url docs/annual.pdf
mediadock media url docs/annual.pdf --presign 15m`,

	"help.connection.short": "保存済みの接続を表示、変更、受け渡しします",
	"help.connection.long":  "このコンピューターに保存した接続を管理します。",
	"help.connection.example": `mediadock connection list
mediadock connection show prod`,

	"help.connection.list.short":   "保存済みの接続を一覧表示します",
	"help.connection.list.long":    "保存済みの接続を、前回のテスト結果とともに一覧表示します。読み取れないファイルがある場合は、そのファイルを示し、終了コードは 3 になります。",
	"help.connection.list.example": `mediadock connection list --json`,

	"help.connection.show.short":   "接続の設定を表示します",
	"help.connection.show.long":    "接続の設定と、サンプルのURLを表示します。外部IDは一部だけを表示します。",
	"help.connection.show.example": `mediadock connection show prod`,

	"help.connection.edit.short": "接続の設定を変更します",
	"help.connection.edit.long": `接続の設定を変更します。設定のフラグを指定しなければウィザードが開きます。

接続テストで確認できる設定は、テストしてから保存します。メディアがある間は、URLに関わる設定は変更できません。ロールと外部IDは "mediadock connection rotate" でのみ変更できます。空の値を指定すると設定を削除します：--domain ''`,
	"help.connection.edit.example": `mediadock connection edit prod
mediadock connection edit prod --notes 'media team' --managed-by service
mediadock connection edit prod --dry-run \
  --domain https://media.example.com`,

	"help.connection.rotate.short": "テストに合格したロールと外部IDに切り替えます",
	"help.connection.rotate.long": `接続のロールと外部IDを切り替えます。メディアがあっても実行できます。

新しいロールと外部IDは、同じバケットに対する接続テストのすべてに合格してから保存します。それまでは以前のものを使います。--generate-external-id を指定すると、新しい外部IDを下書きに保存し、新旧両方の外部IDを含む信頼ポリシーを表示します。ロールに設定してから、同じコマンドをもう一度実行してください。`,
	"help.connection.rotate.example": `mediadock connection rotate prod --generate-external-id
mediadock connection rotate prod --external-id "$ID" --wait 60s \
  --role-arn arn:aws:iam::123456789012:role/NewRole`,

	"help.connection.delete.short": "メディアのない接続を削除します",
	"help.connection.delete.long": `接続の設定を削除します。メディアがある間は削除できません。

AWSに残るもの（バケット、ロール、ディストリビューション）と、それらを削除するコマンドを表示します。バケットの内容にかかわらず、このコンピューターの設定だけを削除するには、mediadock connection forget を使います。`,
	"help.connection.delete.example": `mediadock connection delete prod --dry-run
mediadock connection delete prod`,

	"help.connection.export.short": "接続を、別のコンピューターで読み込めるファイルに書き出します",
	"help.connection.export.long": `接続を、"mediadock connection import" や "mediadock setup --from" で読み込めるファイルに書き出します。

形式はYAMLです。--json を付けるか、ファイル名の末尾を .json にするとJSONになります。外部IDは --show-external-id を付けない限り含まれません。別の方法で伝えてください。`,
	"help.connection.export.example": `mediadock connection export prod --output prod.yaml
mediadock connection export --all --json`,

	"help.connection.import.short": "ファイルの接続をテストして保存します",
	"help.connection.import.long": `"mediadock connection export" で書き出したファイル、または設定を書いたファイルの接続を、テストして保存します。

接続テストのすべてに合格したものだけを保存します。同じ名前の接続がある場合は保存しません。-c を指定すると、ファイルの接続を別の名前で保存します。ファイルに外部IDがない場合は --external-id で指定します。`,
	"help.connection.import.example": `mediadock connection import prod.yaml --external-id "$ID"
mediadock connection import prod.yaml -c staging --dry-run`,

	"help.connection.forget.short":   "このコンピューターの設定だけを削除します（メディアは残ります）",
	"help.connection.forget.long":    "このコンピューターに保存した接続の設定を削除します。バケットとメディア、ほかのコンピューターの設定はそのまま残ります。",
	"help.connection.forget.example": `mediadock connection forget prod`,

	"help.sandbox.short": "内蔵のAWSを起動します（S3、STS、IAMポリシー、CDN）",
	"help.sandbox.long":  "内蔵のAWSをループバックアドレスで起動します。中断するまで動作し、任意のAWSクライアントから利用できます。通常は何も保存しません。--data でディレクトリを指定すると、オブジェクトとそのバージョン、マルチパートアップロード、バケットの設定、ロール、ポリシー、キー、ディストリビューションを保存し、プロセスが強制終了した後でも次回に引き継ぎます。1つのディレクトリを使えるのは1つのアカウント、1つのプロセスだけです。",
	"help.sandbox.example": `mediadock sandbox --env-file sandbox.env &
. ./sandbox.env && aws s3 ls s3://alpha-prod-assets/
mediadock sandbox --data ./sandbox-data --listen 127.0.0.1:9000`,

	"help.version.short":   "バージョンを表示します",
	"help.version.long":    "バージョンを表示します。--json を付けると、Goのバージョンとプラットフォームも表示します。",
	"help.version.example": `mediadock version --json`,

	"help.completion.short": "シェルの補完スクリプトを出力します",
	"help.completion.long": `コマンド、フラグ、保存済みの接続、リージョンなどの値をシェルで補完するスクリプトを出力します。SHELL は bash、zsh、fish、powershell のいずれかです。

設定した後、新しいシェルを開いてください。zshでは compinit を有効にしておく必要があります：autoload -U compinit; compinit`,
	"help.completion.example": `# bash（bash-completion 2 が必要）
mediadock completion bash \
  > ~/.local/share/bash-completion/completions/mediadock
# zsh
mediadock completion zsh > "${fpath[1]}/_mediadock"
# fish
mediadock completion fish > ~/.config/fish/completions/mediadock.fish
# PowerShell
mediadock completion powershell >> $PROFILE`,

	"help.man.short": "マニュアルページを出力します",
	"help.man.long":  "プログラム全体のマニュアルページを、man コマンドで読める形式で出力します。言語は --lang en または --lang ja で選べます。",
	"help.man.example": `mediadock man > mediadock.1
man ./mediadock.1`,

	"help.help.short":   "コマンドの説明を表示します",
	"help.help.long":    "コマンドとそのフラグの説明を表示します。コマンドに --help を付けた場合と同じです。",
	"help.help.example": `mediadock help connection rotate`,
}
