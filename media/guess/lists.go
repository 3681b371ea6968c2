package guess

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

type entry struct {
	word string
	kind kind
}

// sensitiveWords hint at something confidential, in English and in romaji.
// Plurals are found by themselves. Ways to write the same word follow it
// after a comma.
const sensitiveWords = `
invoice contract salary,salaries payroll payslip,paystub wage passport draft internal,internalonly,internaluse confidential,confidentially secret
proprietary restricted classified unreleased unpublished embargo,embargoed nda resume agreement quotation estimate receipt
password,passwd,passcode credential privatekey,secretkey,accesskey personaldata,personalinformation,personalinfo
bankaccount,bankdetails,bankstatement creditcard idcard,identitycard driverlicense,drivinglicence,driverslicense
socialsecurity ssn mynumber taxreturn payable severance,dismissal layoff lawsuit merger appraisal,performancereview
curriculumvitae coverletter boardminutes donotshare,donotdistribute,notfordistribution,notforrelease nondisclosure,nondisclosed
tradesecret topsecret diagnosis medicalrecord,healthrecord customerlist,clientlist,memberlist

seikyusho,seikyusyo,seikyuusho,seikyuusyo,seikyuu,seikyu keiyakusho,keiyakusyo,keiyaku kyuyo,kyuuyo,kyuryo,kyuuryou,kyuuryo
shagaihi,syagaihi gokuhi rirekisho,rirekisyo mitsumori,mitumori,mitsumorisho,omitsumori kojinjoho,kojinjouhou,kojinjyoho,kozinzyoho
mainanba,mainanbaa himitsu,himitu ryoshusho,ryoushuusho,ryosyusyo,ryoushusho nouhinsho,nohinsho,nouhinsyo hacchusho,hatchusho,hattyusyo
gensenchoshu,gensenchoushuu shoyo,shouyo meibo shindansho,shindansyo menkyosho,menkyosyo shanai,syanai shitagaki,sitagaki sokuho
kokyakulist,kokyakumeibo
`

// aloneWords are too short to be sensitive where a digit or a letter touches
// them.
const aloneWords = `cv wip pii`

// openerWords are nothing by themselves.
const openerWords = `my bank credit id identity driver drivers driving social tax curriculum cover board do not non trade top medical
health customer client member personal private access performance kojin shagai syagai kokyaku nondisclosure donot notfor`

// harmlessPairs begin with a sensitive word and are nothing of the kind.
const harmlessPairs = `draftbeer draftbeers draftpick draftpicks draftmeeting draftkings internalmedicine internalcombustion internalorgans
secretgarden secretsanta secretsauce secretbase contractbridge resumebutton resumeplay passportphotobooth himitsukichi himitukiti mergersort`

// prefixWords stand before the counters of cameras, phones and programs.
const prefixWords = `img dsc dscn dscf dcim mvi vid mov pxl gopr gp gh imgp sam kimg pict screenshot screencast screen scan scanned image photo picture
untitled whatsapp wa line fullsizerender received copy export download file document doc page slide nr no vol ver rev version v p`

// cameraWords are those of them that cameras and telephones write.
const cameraWords = `img dsc dscn dscf mvi vid mov pxl gopr gp gh imgp sam kimg pict`

// commonWords are what file names are made of. Some stand here since they
// begin with a sensitive word.
const commonWords = `
a an and at by for from in is it new of on or our the to up us use with your only all you this that
about access account action admin advert agenda annual app april archive area art article asset audio august author avatar award
back background backup badge bag banner bar base basic beach bear bed beer best big bill bird black blog blue board body book border
bottle bottom box brand breakfast brochure brown browser budget building business button
cafe cake calendar camera campaign campus car card career cart case casual cat catalog catalogue category cd center centre certificate
chair chart chat check child christmas city class classic clean client clip clock close cloud club coat code coffee collection color
colour column comic coming common company concept concert conference config contact content corner corporate cosmetic country course
cover cream credit css culture customer cut
daily dance dark data date day december default delivery demo department design desk dessert detail device diagram diary digital dinner
dish display doctor dog door dress drink
early east edit education election email employee empty end energy engine english entry environment error event example exhibition expert
face facility factory family fan farm fashion fax feature february festival figure film final finance fish flag flow flower flyer font
food foot football footer form format forum frame free fresh friday friend front fruit full function future
gallery game garden general gift girl glass global gold golf good graph gray green grey grid group guest guide
hair half hall hand happy hat head header health hero high hill history holiday home horse hospital hot hotel house human
icon idea illustration index info information input inside insurance interior international interview intro invite item
jacket japan january japanese job journal july june
key keyboard kids kitchen kyoto label lake lamp landing landscape language large laser launch law layout leaf learning left legal lesson
letter level library licence license life light link list live lobby local location login logo london long look love lunch
machine mail main man manager manual map march mark market marketing master may meal media medical meeting member memo menu message
metal method middle mini mobile mockup model modern monday money month monthly moon morning mountain mouse movie museum music
name natural nature nav navigation network news newsletter next night north note notice november number
object october office official old one online open option orange order organic original osaka other outdoor outside overview owner
pack package pain paint panel paper park part partner party path pattern payment people person personal phone pink place plan plant plate
player plus podcast policy pop portal portrait post poster power premium presentation press preview price print privacy private product
profile program project promo proposal public purple quality quarter question quick quiz
radio rain ranking recipe record recruit red region release report request research reserve resource rest restaurant result retail
review rice right river road room rose round rule sale salad sales salon sample saturday save schedule school science sea search season
seat second section security select senior september series service set setting shape share sheet ship shirt shoe shop short show side
sign silver simple single site size sketch sky sleep small snow social software solution song sound source south space special sport
spring square staff stage stamp star start station statement step stock stone store story street student studio style success summary
summer sun sunday sunset support survey system
table tag talk tax tea teacher team tech technology television template term test text theme thumb thumbnail thursday ticket tile time
tip title today tokyo tool top tour tower town toy trade traffic train training travel tree trial tuesday tutorial type
uniform unit university update upload user vacation value van variation vector vehicle video view village vintage visit visual voice
wall wallpaper water way wear weather web webinar website wedding wednesday week weekly welcome west white wide wife wind window wine
winter woman wood word work workshop world year yellow young zoo min web en ja jp
salaryman salarymen draftsman contractor internals internalize confidence secretary secretariat resumed estimated passporting
higashi kita minami nishi sakura ramen sushi matcha onsen ryokan jinja matsuri hanabi fuji shinjuku shibuya kaisha kaishagaiyo saiyo
setsumei setsumeikai gaiyo annai shashin gazou shiryo sankou hyoushi natsu fuyu haru aki
`

// japaneseSensitive are looked for inside of Japanese text.
const japaneseSensitive = `
請求書 御請求 ご請求 契約書 契約内容 契約 給与 給料 賃金 賞与 社外秘 部外秘 極秘 秘密 機密 厳秘 マル秘 親展 取扱注意 関係者限り
関係者外秘 履歴書 職務経歴書 見積 御見積 個人情報 マイナンバー 個人番号 パスポート 旅券 免許証 保険証 診断書 カルテ 在留カード
領収書 領収証 納品書 注文書 発注書 稟議 議事録 人事 査定 源泉徴収 年末調整 退職届 退職願 解雇 懲戒 名簿 顧客リスト 顧客一覧
未公開 非公開 公開前 解禁前 下書き ドラフト 草案 草稿 社内 部内 内部資料 内部文書 暗証番号 パスワード 口座 振込 覚書 印鑑証明 戸籍
住民票 誓約書 身分証 買収 合併 未発表 発表前
`

// japaneseHarmless contain one of these and are nothing of the kind; the
// longest word counts.
const japaneseHarmless = `
個人情報保護方針 個人情報保護 個人情報の取扱い 個人情報の取り扱い 個人情報取扱 秘密基地 秘密結社 カルテット カルテル ドラフト会議 ドラフトビール
ドラフトワン 会社内 他人事 社内報 社内外 見積無料 見積もり無料 見積依頼 人事異動 契約農家 契約農園 契約栽培 パスポートセンター
名簿図書館 議事録公開 市町村合併 合併号 合併症 口座開設 神社内 公社内
`

var (
	dictionary  = map[string]entry{}
	cameras     = map[string]bool{}
	japanese    = map[rune][]entry{}
	longestWord int
)

func init() {
	for _, l := range []struct {
		words string
		kind  kind
	}{{commonWords, common}, {prefixWords, prefix}, {openerWords, opener}, {harmlessPairs, harmless}, {aloneWords, alone}, {sensitiveWords, sensitive}} {
		for _, group := range strings.Fields(l.words) {
			first := ""
			for word := range strings.SplitSeq(group, ",") {
				first = cmp.Or(first, word)
				dictionary[word] = entry{first, l.kind}
				longestWord = max(longestWord, len(word))
			}
		}
	}
	for word := range strings.FieldsSeq(cameraWords) {
		cameras[word] = true
	}
	for _, l := range []struct {
		words string
		kind  kind
	}{{japaneseSensitive, sensitive}, {japaneseHarmless, common}} {
		for word := range strings.FieldsSeq(l.words) {
			r, _ := utf8.DecodeRuneInString(word)
			japanese[r] = append(japanese[r], entry{word, l.kind})
		}
	}
	for _, all := range japanese {
		slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(len(b.word), len(a.word)) })
	}
}
