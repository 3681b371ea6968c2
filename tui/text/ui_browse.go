package text

// BrowseWords belong to the media library.
type BrowseWords struct {
	Opening, Loading, LoadingMore, NothingFound, EmptyFolder, EmptyKey string
	FindAll                                                            string
	Count                                                              string // {n}
	Selected                                                           string // {n} {size}
	FindLabel                                                          string
	Found                                                              string // {n} {of}
	NotAllLoaded, ByDate, BySize, AmongLoaded                          string
	KindImage, KindVideo, KindAudio, KindText, KindPDF, KindFile       string
	KindFolder                                                         string
	KeyKeepFilter, KeyEndFind, KeyRetry, KeyInfo, KeyURL, KeyUpload    string
	TreeMore, TreeFull, TreeReadOn, KeyToList                          string
	TheURL                                                             string
	SwitchTitle                                                        string // {name}
	TheURLs, TooManyURLs                                               string // {n}

	ConsentTitle, ConsentUnsupported, ConsentRisk, ConsentNo, ConsentYes string
	LeaveTitle, LeaveBody, LeaveStop                                     string

	UploadTitle, UploadBody, UploadLabel, UploadHint, NoFiles string
	UploadPlan                                                string // {n} {size}
	ImportPlan, ImportYes                                     string // {n}
	ImportMixed                                               string
	UploadYes, UploadOthers, UploadReplace, UploadBoth        string // {n}
	UploadKeeping                                             string // {n}: some say where or by whom
	UploadSuffix                                              string // {n}
	UploadStrip, UploadStripAll, UploadFix                    string // {n}
	UploadStripAlways                                         string
	UploadSuffixAll, NothingToUpload, AllThere, PublicAtOnce  string
	AllGuessable, AllHard, NoneGuessable                      string
	SomeGuessable                                             string // {n} {of}
	NamesFixed                                                string
	NewNameFlagged                                            string // {words}
	Taken                                                     string // {size} {when}
	LeftOut                                                   string // {n}

	ReplaceTitle                                        string // {name}
	ReplaceBody, ReplaceFixed, ReplaceLabel, ReplaceYes string
	ReplaceRenames, ReplaceSame, OneFile                string

	RenameTitle, RenameBody, NameEmpty, FixedTitle, FixedBody string
	MoveTitle                                                 string // {n} {size}
	MoveYes, OldURLsDie, MoveEmptyTitle                       string

	DeleteTitle                                                         string // {n} {size}
	DeleteYes, WillAnswer404, CannotUndo, CacheLingers, NothingToDelete string
	TypeCount                                                           string // {n}
	EmptyTitle, EmptyYes, FolderGone, FolderRenamed, FolderStays        string
	EmptyTitles                                                         string // {n}
	AndMore                                                             string // {n}

	PlanningUpload, PlanningMove, PlanningDelete, Looking string
	Uploading, Moving, Deleting                           string
	NOf                                                   string // {n} {of}
	TimeLeft                                              string // {time}
	Waiting                                               string // {n}
	DonePut, DoneReplace                                  string // {n} {size} {time}
	DoneMove, DoneRemove                                  string // {n} {time}
	AlsoSkipped, AlsoLeftOut, NotStarted, StillVersions   string // {n}
	UploadsKept                                           string // {n}
	StoppedKept                                           string // {n} {of}
	MoreProblems                                          string // {n}
	StoppedPut, StoppedMove, StoppedRemove                string // {n} {of}
	SomeFailed                                            string

	FactSize, FactType, FactModified, FactKey, FactETag, FactClass string
	FactEncryption, FactCache, FactVersion, FactMetadata           string
	FactGuess                                                      string

	AltText, AltShort, AltHint, Tags, TagsHint, Creator, CreatorShort, PrivateData, PrivateShort, NoAlt, NoAltKeys string
	DescribeOne                                                                                                    string // {name}
	DescribeBody, DescribeManyBody, AddTags, SetCreator                                                            string
	DescribeMany, Described                                                                                        string // {n}

	HuntLabel, HuntHint, HuntBegins, HuntNothing, KeyToFolder string
	HuntFound, HuntReading                                    string // {n}
	HuntFrom                                                  string // {time}
}

// Kind is the word for a kind of media.
func (w *BrowseWords) Kind(k string) string {
	switch k {
	case "image":
		return w.KindImage
	case "video":
		return w.KindVideo
	case "audio":
		return w.KindAudio
	case "text":
		return w.KindText
	case "pdf":
		return w.KindPDF
	}
	return w.KindFile
}

func browseEN(u *UI) {
	u.Browse = BrowseWords{
		Opening: "opening the library ...", Loading: "reading ...", LoadingMore: "reading more ...",
		NothingFound: "No loaded name contains that.", FindAll: "esc, then f: search every folder, by alt text and tag as well.",
		EmptyFolder: "There are no media here yet.", EmptyKey: "press u to upload, or drop files onto the window",
		Count: "{n} item{s}", Selected: "{n} selected, {size}",
		FindLabel: "find", Found: "{n} of {of}", NotAllLoaded: "more not loaded yet",
		ByDate: "newest first", BySize: "largest first", AmongLoaded: "among those loaded so far",
		KindImage: "image", KindVideo: "video", KindAudio: "audio", KindText: "text", KindPDF: "PDF", KindFile: "file", KindFolder: "folder",
		SwitchTitle:   "{name}: which one?",
		KeyKeepFilter: "keep", KeyEndFind: "end search", KeyRetry: "try again", KeyInfo: "info", KeyURL: "URL", KeyUpload: "upload",
		TreeMore: "more ..", TreeFull: "the list has the others", TreeReadOn: "read on", KeyToList: "to the list",
		TheURL: "The URL", TheURLs: "{n} URLs", TooManyURLs: "More than {n} URLs do not fit into a clipboard. Use mediadock media ls --json.",

		ConsentTitle:       "The CMS writes to this bucket, too",
		ConsentUnsupported: "Changes that are not made through the CMS's own screen or API are not supported by it.",
		ConsentRisk:        "Adding, changing or deleting files directly can leave the CMS inconsistent: media that do not appear, or unexpected errors. You are asked once for this connection.",
		ConsentNo:          "leave everything as it is", ConsentYes: "I agree, go on",
		LeaveTitle: "Stop and leave?", LeaveBody: "An operation is still running. What is done stays done, what is half done is undone.", LeaveStop: "stop it and leave",

		UploadTitle: "Upload", UploadBody: "Files and directories, separated by blanks; put names with blanks in quotes. A directory that ends in / is uploaded without its own name. You can drop files onto the window. Public https URLs are fetched.",
		UploadLabel: "From this computer", UploadHint: "~/pictures/logo.png", NoFiles: "Name at least one file or directory.",
		UploadPlan: "Upload {n} file{s}, {size}?",
		ImportPlan: "Fetch {n} URL{s} into this folder?", ImportYes: "fetch {n}",
		ImportMixed: "Files and URLs cannot be uploaded at once: name one kind, then the other.",
		UploadYes:   "upload {n}", UploadKeeping: "upload {n}, keeping the metadata", UploadOthers: "upload only what is new ({n}), leave the existing files", UploadReplace: "upload all, replacing {n}", UploadBoth: "upload all, giving {n} a new name",
		UploadStrip: "strip metadata from {n} that say where or by whom", UploadStripAll: "strip metadata from all {n}", UploadStripAlways: "strip metadata always, in this connection", UploadFix: "fix {n} name{s}",
		UploadSuffix: "add an unguessable part to {n} that may be confidential", UploadSuffixAll: "add an unguessable part to all names", NothingToUpload: "Nothing can be uploaded", AllThere: "There is nothing to upload",
		PublicAtOnce: "Files are public at these addresses as soon as they are uploaded.",
		AllGuessable: "The addresses are easy to guess.", AllHard: "The addresses are hard to guess.", SomeGuessable: "{n} of {of} addresses are easy to guess.",
		NoneGuessable:  "Nobody can guess the addresses; but who has one can pass it on.",
		NamesFixed:     "File names are fixed for this connection: they cannot be changed after the upload.",
		NewNameFlagged: "The new name is easy to guess, and it may be confidential: {words}.",
		Taken:          "           exists already: {size}, {when}", LeftOut: "Left out: {n}",

		ReplaceTitle: "Re-upload {name}", ReplaceBody: "The new file takes the place of this one. A file of another name changes the address.",
		ReplaceFixed: "File names are fixed for this connection: the new file must have the same name.", ReplaceLabel: "New file on this computer", ReplaceYes: "re-upload",
		ReplaceRenames: "The file has another name, so the address changes. The old address will answer 404.", ReplaceSame: "The address stays the same.",
		OneFile: "Name exactly one file.",

		RenameTitle: "Rename or move", RenameBody: "A new name, or a path within this folder. A path that begins with / counts from the top.",
		NameEmpty:  "Give a name.",
		FixedTitle: "File names are fixed", FixedBody: "This connection fixes media file names: files cannot be renamed, and can be re-uploaded only under the same name. The rule cannot be changed while media exist.",
		MoveTitle: "Rename {n} file{s}, {size}?", MoveYes: "rename", MoveEmptyTitle: "Rename the empty folder?", OldURLsDie: "The old addresses will answer 404. Pages that use them have to be changed.",

		DeleteTitle: "Delete {n} file{s}, {size}?", DeleteYes: "delete it",
		WillAnswer404: "These addresses will answer 404:", CannotUndo: "Unless the bucket keeps versions, this cannot be undone.",
		CacheLingers:    "The CDN may go on serving copies until they expire or its cache is purged.",
		NothingToDelete: "Nothing to delete", TypeCount: "Type {n}, the number of files, to delete", AndMore: "and {n} more",
		EmptyTitle: "The folder is empty. Remove it?", EmptyTitles: "{n} folders are empty. Remove them?", EmptyYes: "remove it",
		FolderGone: "The empty folder is removed.", FolderRenamed: "The empty folder is renamed.",
		FolderStays: "The folder is still there: its marker could not be removed. Run the connection test to see what is not allowed.",

		PlanningUpload: "looking what the upload would do ...", PlanningMove: "looking what the rename would do ...",
		PlanningDelete: "looking what would be deleted ...", Looking: "asking S3 ...",
		Uploading: "Uploading", Moving: "Renaming", Deleting: "Deleting",
		NOf: "{n} of {of}", TimeLeft: "{time} left", Waiting: "{n} waiting",
		DonePut: "{n} uploaded, {size} in {time}.", DoneReplace: "{n} re-uploaded, {size} in {time}.", DoneMove: "{n} renamed in {time}.", DoneRemove: "{n} deleted in {time}.",
		AlsoSkipped: "Already there: {n}.", AlsoLeftOut: "Left out: {n}.", NotStarted: "Not begun: {n}.", StillVersions: "Kept by the bucket as older versions: {n}.",
		UploadsKept:   "{n} large file{s} can go on where the upload stopped: upload the same again.",
		StoppedKept:   "The upload was stopped: {n} of {of} are done.",
		StoppedPut:    "Upload stopped. Nothing half-done is left in the bucket. Done: {n} of {of}.",
		StoppedMove:   "Renaming stopped. Done: {n} of {of}; the others have their old names.",
		StoppedRemove: "Deleting stopped. Done: {n} of {of}; the others are still there.",
		MoreProblems:  "and {n} more", SomeFailed: "Not everything worked",

		FactSize: "Size", FactType: "Content type", FactModified: "Uploaded", FactKey: "Key", FactETag: "ETag", FactClass: "Storage class",
		FactEncryption: "Encryption", FactCache: "Cache-Control", FactVersion: "Version", FactMetadata: "Metadata", FactGuess: "URL is",

		AltText: "Alt text: what the picture shows, for people who do not see it", AltShort: "Alt text", AltHint: "Cherry trees in full bloom",
		Tags: "Tags", TagsHint: "spring, hero", Creator: "Creator", CreatorShort: "Creator", PrivateData: "Private data", PrivateShort: "Private", NoAlt: "no alt text", NoAltKeys: "e write it   E all in turn",
		DescribeOne: "About {name}", DescribeBody: "Kept in the catalogue on this computer, not in S3: the file, its date and its address stay as they are.",
		DescribeMany: "About {n} files", DescribeManyBody: "Tags are added to those that each file has. An empty creator changes nothing.",
		AddTags: "Tags to add", SetCreator: "Creator of all of them", Described: "written about {n} file{s}",

		HuntLabel: "search all", HuntHint: "name, alt text, tag, creator", HuntFound: "{n} found", HuntReading: "reading the list: {n} files so far",
		HuntBegins: "reading the list of all files ...", HuntFrom: "as of {time}, ctrl+r reads it again", HuntNothing: "Nothing is called or described like that.", KeyToFolder: "to its folder",
	}
}

func browseJA(u *UI) {
	u.Browse = BrowseWords{
		Opening: "ライブラリを開いています ...", Loading: "読み込み中 ...", LoadingMore: "続きを読み込み中 ...",
		NothingFound: "読み込み済みの名前に一致するものはありません。", FindAll: "escのあとfで、すべてのフォルダーを代替テキストやタグでも検索できます。",
		EmptyFolder: "ここにはまだメディアがありません。", EmptyKey: "uキーでアップロードするか、ファイルをウィンドウにドロップしてください",
		Count: "{n} 件", Selected: "{n} 件選択中、{size}",
		FindLabel: "検索", Found: "{of} 件中 {n} 件", NotAllLoaded: "未読み込みあり",
		ByDate: "新しい順", BySize: "大きい順", AmongLoaded: "読み込み済みの範囲",
		KindImage: "画像", KindVideo: "動画", KindAudio: "音声", KindText: "テキスト", KindPDF: "PDF", KindFile: "ファイル", KindFolder: "フォルダー",
		SwitchTitle:   "{name}：どの環境を開きますか？",
		KeyKeepFilter: "絞り込む", KeyEndFind: "検索を終了", KeyRetry: "再試行", KeyInfo: "詳細", KeyURL: "URL", KeyUpload: "追加",
		TreeMore: "続き ..", TreeFull: "残りは一覧で表示", TreeReadOn: "続きを読み込む", KeyToList: "一覧へ",
		TheURL: "URL", TheURLs: "URL {n} 件", TooManyURLs: "{n} 件を超えるURLはクリップボードに入りません。mediadock media ls --json を使ってください。",

		ConsentTitle:       "このバケットにはCMSも書き込みます",
		ConsentUnsupported: "CMSの管理画面またはAPI以外からデータや設定を変更することは、CMSのサポート対象外です。",
		ConsentRisk:        "S3上で直接ファイルを追加・変更・削除すると、メディアが表示されない、予期しないエラーが起こるなどの不整合の原因になります。この確認は接続ごとに一度だけ行います。",
		ConsentNo:          "何もしない", ConsentYes: "理解したうえで続ける",
		LeaveTitle: "中止して戻りますか？", LeaveBody: "処理がまだ実行中です。完了した分はそのまま残り、途中のものは元に戻します。", LeaveStop: "中止して戻る",

		UploadTitle: "アップロード", UploadBody: "ファイルやディレクトリを空白区切りで入力します。空白を含む名前は引用符で囲んでください。末尾が / のディレクトリは中身だけをアップロードします。ウィンドウへのドロップもできます。公開されている https のURLも指定できます。",
		UploadLabel: "このコンピューターのファイル", UploadHint: "~/pictures/logo.png", NoFiles: "ファイルまたはディレクトリを1つ以上入力してください。",
		UploadPlan: "{n} 件（{size}）をアップロードしますか？",
		ImportPlan: "{n} 件のURLをこのフォルダーにインポートしますか？", ImportYes: "{n} 件をインポート",
		ImportMixed: "ファイルとURLは同時に指定できません。どちらかだけを入力してください。",
		UploadYes:   "{n} 件をアップロード", UploadKeeping: "メタデータを残して {n} 件をアップロード", UploadOthers: "新しい {n} 件だけをアップロード（既存のファイルはそのまま）", UploadReplace: "すべてアップロード（{n} 件を置き換え）", UploadBoth: "すべてアップロード（{n} 件は別名で保存）",
		UploadStrip: "撮影場所や作成者が分かる {n} 件からメタデータを取り除く", UploadStripAll: "{n} 件すべてからメタデータを取り除く", UploadStripAlways: "この接続では常にメタデータを取り除く", UploadFix: "{n} 件の名前を直す",
		UploadSuffix: "機密の可能性がある {n} 件の名前に推測されない文字列を加える", UploadSuffixAll: "すべての名前に推測されない文字列を加える", NothingToUpload: "アップロードできるものがありません", AllThere: "アップロードする必要はありません",
		PublicAtOnce: "アップロードしたファイルは、すぐに上記のURLで公開されます。",
		AllGuessable: "URLは推測されやすいことにご注意ください。", AllHard: "URLは推測されにくくなっています。", SomeGuessable: "{of} 件中 {n} 件のURLは推測されやすいことにご注意ください。",
		NoneGuessable:  "URLが推測されることはありません。ただし、URLを知っている人は誰でも閲覧でき、他の人に伝えることもできます。",
		NamesFixed:     "この接続ではファイル名が固定されています。アップロード後に名前を変更することはできません。",
		NewNameFlagged: "新しい名前は推測されやすく、機密の可能性があります：{words}",
		Taken:          "           既存：{size}、{when}", LeftOut: "対象外 {n} 件：",

		ReplaceTitle: "{name} の再アップロード", ReplaceBody: "新しいファイルで置き換えます。ファイル名が異なる場合はURLが変わります。",
		ReplaceFixed: "この接続ではファイル名が固定されています。同じ名前のファイルを指定してください。", ReplaceLabel: "このコンピューターの新しいファイル", ReplaceYes: "再アップロード",
		ReplaceRenames: "ファイル名が異なるため、URLが変わります。以前のURLは404になります。", ReplaceSame: "URLは変わりません。",
		OneFile: "ファイルを1つだけ指定してください。",

		RenameTitle: "名前の変更・移動", RenameBody: "新しい名前、またはこのフォルダーからのパスを入力します。/ で始めると最上位からのパスになります。",
		NameEmpty:  "名前を入力してください。",
		FixedTitle: "ファイル名は固定されています", FixedBody: "この接続はメディアのファイル名を固定する設定です。名前の変更はできず、再アップロードは同じファイル名でのみ可能です。メディアがある間は設定を変更できません。",
		MoveTitle: "{n} 件（{size}）の名前を変更しますか？", MoveYes: "変更する", MoveEmptyTitle: "空のフォルダーの名前を変更しますか？", OldURLsDie: "以前のURLは404になります。使用しているページの修正が必要です。",

		DeleteTitle: "{n} 件（{size}）を削除しますか？", DeleteYes: "削除する",
		WillAnswer404: "次のURLは404になります：", CannotUndo: "バケットのバージョニングが無効の場合、元に戻せません。",
		CacheLingers:    "CDNのキャッシュは、期限切れになるか無効化するまで配信され続けることがあります。",
		NothingToDelete: "削除するものがありません", TypeCount: "削除するにはファイルの件数 {n} を入力してください", AndMore: "ほか {n} 件",
		EmptyTitle: "フォルダーは空です。削除しますか？", EmptyTitles: "{n} 個のフォルダーは空です。削除しますか？", EmptyYes: "削除する",
		FolderGone: "空のフォルダーを削除しました。", FolderRenamed: "空のフォルダーの名前を変更しました。",
		FolderStays: "フォルダーが残っています。フォルダーを示すオブジェクトを削除できませんでした。接続テストで権限を確認してください。",

		PlanningUpload: "アップロードの内容を確認しています ...", PlanningMove: "変更の内容を確認しています ...",
		PlanningDelete: "削除の内容を確認しています ...", Looking: "S3に確認しています ...",
		Uploading: "アップロード中", Moving: "名前を変更中", Deleting: "削除中",
		NOf: "{n} / {of}", TimeLeft: "残り {time}", Waiting: "待機 {n} 件",
		DonePut: "{n} 件（{size}）を {time} でアップロードしました。", DoneReplace: "{n} 件（{size}）を {time} で再アップロードしました。", DoneMove: "{n} 件の名前を {time} で変更しました。", DoneRemove: "{n} 件を {time} で削除しました。",
		AlsoSkipped: "{n} 件はすでにありました。", AlsoLeftOut: "{n} 件は対象外です。", NotStarted: "{n} 件は未着手です。", StillVersions: "{n} 件は以前のバージョンとしてバケットに残っています。",
		UploadsKept:   "大きなファイル {n} 件は、同じファイルをもう一度アップロードすると続きから再開します。",
		StoppedKept:   "アップロードを中止しました。完了：{n} / {of} 件。",
		StoppedPut:    "アップロードを中止しました。バケットに途中のデータは残っていません。完了：{n} / {of} 件。",
		StoppedMove:   "名前の変更を中止しました。完了：{n} / {of} 件。残りは元の名前のままです。",
		StoppedRemove: "削除を中止しました。完了：{n} / {of} 件。残りは削除していません。",
		MoreProblems:  "ほか {n} 件", SomeFailed: "一部が完了しませんでした",

		FactSize: "サイズ", FactType: "コンテンツタイプ", FactModified: "アップロード日時", FactKey: "キー", FactETag: "ETag", FactClass: "ストレージクラス",
		FactEncryption: "暗号化", FactCache: "Cache-Control", FactVersion: "バージョン", FactMetadata: "メタデータ", FactGuess: "推測の難易度",

		AltText: "代替テキスト（画像が見えない人に伝える内容）", AltShort: "代替", AltHint: "満開の桜並木",
		Tags: "タグ", TagsHint: "春, トップ", Creator: "作成者", CreatorShort: "作成者", PrivateData: "個人に関する情報", PrivateShort: "個人情報", NoAlt: "代替テキストがありません", NoAltKeys: "e 入力   E まとめて入力",
		DescribeOne: "{name} の情報", DescribeBody: "S3ではなく、このコンピューターのカタログに保存されます。ファイル、その日時、URLは変わりません。",
		DescribeMany: "{n} 件のファイルの情報", DescribeManyBody: "タグは各ファイルのタグに追加されます。作成者が空の場合は変更しません。",
		AddTags: "追加するタグ", SetCreator: "すべてのファイルの作成者", Described: "{n} 件の情報を保存しました",

		HuntLabel: "全体を検索", HuntHint: "名前、代替テキスト、タグ、作成者", HuntFound: "{n} 件", HuntReading: "一覧を読み込んでいます（{n} 件まで）",
		HuntBegins: "すべてのファイルの一覧を読み込んでいます…", HuntFrom: "{time} 時点。ctrl+r で読み直します", HuntNothing: "名前や情報が一致するファイルはありません。", KeyToFolder: "フォルダーへ",
	}
}
