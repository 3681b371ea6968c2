#!/bin/sh
# Makes the files beside it with the programs that people use: exiftool,
# ffmpeg, heif-enc, cwebp, webpmux, python3. Everything in them is made up, and
# whatever is to be taken out says SECRET or lies at 35.6812, 139.7671.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export TZ=UTC

ff() { ffmpeg -v error -y "$@"; }
ff -f lavfi -i testsrc=size=48x32:rate=1:duration=1 -frames:v 1 base.png
ff -i base.png -q:v 8 base.jpg
ff -i base.png -s 16x12 thumb.jpg
# A small colour profile, to see that it stays.
python3 - <<'P'
import struct
s15 = lambda x: struct.pack('>i', int(round(x * 65536)))
xyz = lambda x, y, z: b'XYZ \0\0\0\0' + s15(x) + s15(y) + s15(z)
desc = b'desc\0\0\0\0' + struct.pack('>I', 10) + b'TestColor\0' + b'\0' * 78
curv = b'curv\0\0\0\0' + struct.pack('>I', 1) + struct.pack('>H', 563) + b'\0\0'
items = [(b'desc', desc), (b'cprt', b'text\0\0\0\0none\0'), (b'wtpt', xyz(.9642, 1, .8249)), (b'rXYZ', xyz(.4360, .2225, .0139)),
         (b'gXYZ', xyz(.3851, .7169, .0971)), (b'bXYZ', xyz(.1431, .0606, .7141)), (b'rTRC', curv), (b'gTRC', curv), (b'bTRC', curv)]
off, body, table = 128 + 4 + 12 * len(items), b'', struct.pack('>I', len(items))
for n, d in items:
    d += b'\0' * (-len(d) % 4)
    table += n + struct.pack('>II', off + len(body), len(d))
    body += d
head = struct.pack('>I', off + len(body)) + b'none' + bytes([2, 0x20, 0, 0]) + b'mntrRGB XYZ ' + struct.pack('>6H', 2000, 1, 1, 0, 0, 0)
head += b'acspAPPL\0\0\0\0nonenone' + b'\0' * 12 + s15(.9642) + s15(1) + s15(.8249) + b'none'
open('icc.icc', 'wb').write(head.ljust(128, b'\0') + table + body)
P

cat > tags <<'A'
-GPSLatitude=35.6812
-GPSLatitudeRef=N
-GPSLongitude=139.7671
-GPSLongitudeRef=E
-GPSAltitude=40
-GPSDateStamp=2026:04:01
-EXIF:Make=Apple
-EXIF:Model=SECRETMODEL
-EXIF:Artist=SECRETARTIST
-EXIF:Copyright=SECRETCOPY
-EXIF:DateTimeOriginal=2026:04:01 10:11:12
-EXIF:SerialNumber=SECRETSERIAL
-EXIF:OwnerName=SECRETOWNER
-EXIF:UserComment=SECRETCOMMENT
-EXIF:Software=SECRETSOFT
-EXIF:HostComputer=SECRETHOST
-EXIF:XPAuthor=SECRETXP
-XMP-dc:Creator=SECRETXMP
-XMP-photoshop:City=SECRETCITY
-XMP-iptcExt:PersonInImage=SECRETPERSON
-XMP-exif:GPSLatitude=35.6812
-XMP-exif:GPSLongitude=139.7671
-api
Compact=NoPadding
A
tag() { f=$1; shift; exiftool -q -m -overwrite_original "$@" "$f"; }
new() { cp "$1" "$2"; }

new base.jpg exiftool.jpg
tag exiftool.jpg -@ tags -IPTC:By-line=SECRETBYLINE -IPTC:City=SECRETIPTC -Comment=SECRETJCOM "-ThumbnailImage<=thumb.jpg" -Orientation#=6 "-icc_profile<=icc.icc"
new base.png exiftool.png
tag exiftool.png -@ tags -PNG:Author=SECRETAUTHOR -Orientation#=6 "-icc_profile<=icc.icc"
cwebp -quiet -q 50 base.png -o base.webp
new base.webp exiftool.webp
tag exiftool.webp -@ tags -Orientation#=6 "-icc_profile<=icc.icc"
cwebp -quiet -metadata all exiftool.jpg -o cwebp.webp
exiftool -q -b -EXIF exiftool.jpg > exif
exiftool -q -b -XMP exiftool.jpg > xmp
webpmux -set exif exif base.webp -o 1.webp 2> /dev/null
webpmux -set xmp xmp 1.webp -o 2.webp 2> /dev/null
webpmux -set icc icc.icc 2.webp -o webpmux.webp 2> /dev/null
# As ImageMagick writes it.
python3 - <<'P'
import zlib, struct, binascii
src = open('base.png', 'rb').read()
exif = b'Exif\0\0' + open('exif', 'rb').read()
digits = binascii.hexlify(exif).decode()
raw = ('\nexif\n%8d\n%s\n' % (len(exif), '\n'.join(digits[i:i + 72] for i in range(0, len(digits), 72)))).encode()
d = b'zTXtRaw profile type exif\0\0' + zlib.compress(raw)
open('profile.png', 'wb').write(src[:33] + struct.pack('>I', len(d) - 4) + d + struct.pack('>I', zlib.crc32(d)) + src[33:])
P
ff -i base.png exiftool.gif
tag exiftool.gif -Comment=SECRETGCOM -XMP-dc:Creator=SECRETXMP -XMP-photoshop:City=SECRETCITY
ff -i base.png exiftool.tiff
tag exiftool.tiff -@ tags

heif-enc -q 40 -t 16 exiftool.jpg -o heif-enc.heic > /dev/null
heif-enc -A -q 40 exiftool.jpg -o heif-enc.avif > /dev/null
heif-enc -q 40 base.png -o exiftool.heic > /dev/null
tag exiftool.heic -@ tags
heif-enc -A -q 40 base.png -o exiftool.avif > /dev/null
tag exiftool.avif -@ tags

ff -f lavfi -i testsrc=size=48x32:rate=2:duration=1 -c:v libx264 -x264-params keyint=1 base.mp4
where="location=+35.6812+139.7671/"
when=creation_time=2026-04-01T10:11:12Z
ff -i base.mp4 -c copy -metadata $where -metadata $when -metadata title=SECRETTITLE -metadata artist=SECRETARTIST -metadata comment=SECRETCOM \
    -metadata copyright=SECRETCOPY ffmpeg.mp4
ff -i base.mp4 -c copy -metadata $where -metadata $when -metadata title=SECRETTITLE -metadata artist=SECRETARTIST -metadata comment=SECRETCOM \
    -metadata make=SECRETMAKE ffmpeg.mov
ff -i base.mp4 -c copy -movflags use_metadata_tags -metadata com.apple.quicktime.location.ISO6709=+35.6812+139.7671+040/ \
    -metadata com.apple.quicktime.model=SECRETMODEL -metadata com.apple.quicktime.author=SECRETARTIST -metadata custom=SECRETCUSTOM keys.mov
ff -i base.mp4 -c copy -movflags frag_keyframe+empty_moov -metadata $where -metadata $when fragments.mp4
new base.mp4 exiftool.mp4
tag exiftool.mp4 -api Compact=NoPadding -Keys:GPSCoordinates="35.6812, 139.7671, 40" -Keys:Author=SECRETARTIST -Keys:Model=SECRETMODEL \
    -UserData:GPSCoordinates="35.6812, 139.7671, 40" -ItemList:Artist=SECRETLIST -ItemList:GPSCoordinates="35.6812, 139.7671, 40" \
    -XMP-dc:Creator=SECRETXMP -XMP-photoshop:City=SECRETCITY -QuickTime:CreateDate="2026:04:01 10:11:12"
ff -i base.mp4 -c copy exiftool.mov
tag exiftool.mov -UserData:Author=SECRETARTIST -UserData:Comment=SECRETCOM -UserData:Make=SECRETMAKE -UserData:Director=SECRETDIR \
    -UserData:Title=SECRETTITLE -UserData:Producer=SECRETPROD -UserData:LocationInformation="SECRETPLACE Lat=35.6812 Lon=139.7671 Alt=40 Body=earth Notes=none"
ff -i base.mp4 -c copy -metadata $where -metadata $when -metadata artist=SECRETARTIST -metadata title=SECRETTITLE ffmpeg.mkv
ff -f lavfi -i testsrc=size=48x32:rate=2:duration=1 -c:v libvpx -metadata $where -metadata artist=SECRETARTIST ffmpeg.webm
ff -f lavfi -i sine=duration=0.1 -b:a 16k -metadata artist=Band -metadata title=Song ffmpeg.m4a
new ffmpeg.m4a bought.m4a
tag bought.m4a -ItemList:AppleStoreAccount=SECRETACCOUNT -ItemList:GPSCoordinates="35.6812, 139.7671, 40"
cat exiftool.jpg exiftool.mp4 > motion.jpg

python3 - <<'P'
import zipfile
jpg = open('exiftool.jpg', 'rb').read()
z = zipfile.ZipFile('python.docx', 'w', zipfile.ZIP_DEFLATED)
z.writestr('[Content_Types].xml', '<Types/>')
z.writestr('docProps/core.xml', '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>SECRETAUTHOR</dc:creator></cp:coreProperties>')
z.writestr('word/media/image1.jpeg', jpg)
z.close()
objs = [b'<< /Type /Catalog /Pages 2 0 R >>', b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>', b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] >>']
def pdf(objs):
    out, at = b'%PDF-1.4\n', []
    for i, o in enumerate(objs):
        at.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, o)
    x = len(out)
    out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objs) + 1) + b''.join(b'%010d 00000 n \n' % p for p in at)
    return out + b'trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n' % (len(objs) + 1, x)
open('exiftool.pdf', 'wb').write(pdf(objs))
open('picture.pdf', 'wb').write(pdf(objs + [b'<< /Subtype /Image /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream' % (len(jpg), jpg)]))
P
tag exiftool.pdf -api Compact=NoPadding -PDF:Author=SECRETAUTHOR -XMP-photoshop:City=SECRETCITY

for f in exiftool.* heif-enc.* ffmpeg.* cwebp.webp webpmux.webp profile.png keys.mov fragments.mp4 bought.m4a motion.jpg python.docx picture.pdf; do
    cp "$f" "$here/$f"
done
