package text

// mediaJA: codes of package media ("media." and the code), and notes about
// what an operation brings with it ("media.note.").
var mediaJA = map[string]string{
	// Nothing to do.
	"media.same":        "{path} は同じ内容ですでに存在します。",
	"media.junk":        "{path} は対象外です（OSが自動的に作るファイル）。",
	"media.hidden-file": "{path} は対象外です（ドットで始まる名前）。アップロードする場合は、ファイルを直接指定してください。",
	"media.symlink":     "{path} は対象外です（シンボリックリンク）。リンク先のファイルを指定してください。",
	"media.not-regular": "{path} は対象外です（通常のファイルではありません）。",

	// Refused: nothing was changed.
	"media.exists":             "{path} はすでに存在するため、変更しませんでした。",
	"media.conflict":           "{path} は異なる内容ですでに存在するため、変更しませんでした。",
	"media.duplicate":          "{path} は対象外です（今回の対象に同じ名前のファイルがあります）。",
	"media.target-is-folder":   "{path} はフォルダーです。中に移動する場合は、末尾に / を付けてください。",
	"media.name-fixed":         "{path}：この接続ではメディアのファイル名が固定されています。ファイル名は変更できず、再アップロードは同じファイル名でのみ行えます。",
	"media.is-folder":          "{path} はフォルダーです。中身ごと対象にするには -r を付けてください。",
	"media.into-itself":        "{path} を自分自身の中に移動することはできません。",
	"media.same-name":          "{path} はすでにこの名前です。",
	"media.path-empty":         "パスが空です（変数が設定されていない可能性があります）。ファイルまたはフォルダーを指定してください。",
	"media.whole-library":      "「{path}」はライブラリ全体を指しています。ライブラリ全体をまとめて削除・移動することはできません。ファイルまたはフォルダーを指定してください。",
	"media.reserved":           "{path} はメディアではありません。接続テストまたは環境が使うディレクトリです。",
	"media.outside":            "{path} は保存しませんでした。この名前では保存先ディレクトリの外に書き込まれてしまいます。",
	"media.local-exists":       "{path} はダウンロードしませんでした。ローカルに同じ名前のファイルがあります。",
	"media.local-not-file":     "{path} は通常のファイルではありません。",
	"media.local-name":         "{path} はダウンロードしませんでした。このコンピューターでは使えないファイル名です。",
	"media.name-empty":         "ファイル名が空です。",
	"media.name-too-long":      "{path} は長すぎます。ディレクトリを含めて1,024バイトまでです。",
	"media.name-utf8":          "{path} はUTF-8として正しくない名前です。先にファイル名を変更してください。",
	"media.name-control":       "{path} には制御文字が含まれています。先にファイル名を変更してください。",
	"media.name-bidi":          "{path} には文字の並びを逆にする制御文字が含まれており、名前を偽装できてしまいます。先にファイル名を変更してください。",
	"media.name-empty-segment": "{path} の先頭か末尾に / があるか、/ が連続しています。",
	"media.name-dot-segment":   "{path} に「.」または「..」だけの部分があります。ブラウザーが取り除くため、URLが機能しません。",
	"media.name-reserved":      "{path} の先頭は、接続テストまたは環境のために予約された名前です。",

	// Failed.
	"media.not-found":         "{path} は存在しません。",
	"media.denied":            "AWSが {path} へのアクセスを拒否しました：{reason}",
	"media.denied-or-missing": "AWSが {path} へのアクセスを拒否しました。存在しないか、読み取りが許可されていません（s3:ListBucketの許可がないと、AWSはどちらの場合も同じ応答を返します）。",
	"media.changed":           "{path} は途中でほかの人によって変更されました。上書きも削除もしていません。内容を確認して、もう一度実行してください。",
	"media.both-exist":        "{path} を {to} にコピーしましたが、元のファイルを削除できませんでした。現在は両方が存在します。",
	"media.left-old":          "{to} をアップロードしましたが、古いファイル {path} を削除できませんでした。現在は両方が存在します。",
	"media.unverified":        "{path}：保存された内容が、送信した内容と一致しません。もう一度実行し、利用する前に内容を確認してください。",
	"media.too-large":         "{path} はS3に保存できるサイズを超えています。",
	"media.local-changed":     "{path} はアップロード中に変更されたため、保存しませんでした。",
	"media.local-not-found":   "{path} はこのコンピューターに存在しません。",
	"media.local-unreadable":  "{path} を読み取れません：{reason}",
	"media.local-unwritable":  "{path} に書き込めません：{reason}",
	"media.archived":          "{path} はアーカイブ用のストレージクラスにあります。先にS3で復元してください。",
	"media.bucket-not-found":  "バケットが存在しません（削除された可能性があります）。",
	"media.wrong-region":      "バケットは、この接続のリージョンにありません（{reason}）。",
	"media.session":           "AWSが認証情報を受け付けません（{reason}）。サインインし直すか、接続テストを実行してください。",
	"media.busy":              "S3が混み合っており、再試行しても {path} を処理できませんでした（{reason}）。時間をおくか、同時転送数を減らして、もう一度実行してください。",
	"media.network":           "{path}：通信に失敗しました（{reason}）。",
	"media.aborted":           "{path} はキャンセルされました。",
	"media.unexpected":        "{path}：予期しないエラーです（{reason}）。",

	// What an operation brings with it.
	"media.note.overruled":   "{path}：名前と異なり、内容は {type} です。{type} として配信されます。",
	"media.note.urls-end":    "次のURLは表示できなくなります。",
	"media.note.urls-change": "これまでのURLは使えなくなります。URLを使っているページは、新しいURLに変更してください。",
	"media.note.cache":       "削除または差し替えたファイルが、キャッシュやCDNから有効期限まで配信され続けることがあります。問題になる場合はキャッシュを削除してください。",
	"media.note.guessable":   "このURLは推測できます。ファイル名にランダムな文字列を加えると、推測は事実上できなくなります。",
	"media.note.hidden":      "{count} 件は非表示になっただけで、消えていません。バージョニングが有効なバケットには古いバージョンが残り、ストレージ料金がかかり続けます。",
	"media.note.left":        "未完了のアップロード {count} 件を中止できませんでした。ストレージ料金がかかります。s3:AbortMultipartUploadを許可するか、ライフサイクルルールで削除してください。",
	"media.note.not-started": "{count} 件は開始していません。",
}
