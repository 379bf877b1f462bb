import { legacy } from '../legacy.ts';
import type { SampleMail } from '../mail.ts';
import * as cast from './cast.ts';

/** Letters in many scripts, some in UTF-8 and some in the national charsets that old programs still send. */
export function world(now: Date): SampleMail[] {
  const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * 3_600_000);
  const to = cast.ines;
  const read: Partial<SampleMail> = { flags: ['S'] };
  const modern = (hoursAgo: number, from: typeof to, subject: string, text: string): SampleMail => ({
    from,
    to: [to],
    subject,
    text,
    flags: ['S'],
    receivedAt: at(hoursAgo),
  });
  return [
    legacy(
      {
        charset: 'iso-2022-jp',
        encoding: '7bit',
        from: cast.yukiko,
        to,
        receivedAt: at(3.1),
        subject: '会議の議事録をお送りします',
        text: 'お世話になっております。先日の会議の議事録をお送りします。\n\nフェリー乗り場の屋根について、二つの案が出ました。一つ目は木の梁、二つ目は鉄の梁です。私は木の方が海の光に合うと思います。\n\nご確認のほど、よろしくお願いいたします。\n\n岡田 由紀子\nみなと設計',
      },
      read,
    ),
    legacy(
      {
        charset: 'windows-1252',
        encoding: 'quoted-printable',
        from: cast.lena,
        to,
        receivedAt: at(29.6),
        subject: 'Rechnung 2026-118 – Geländer Nordkai',
        text: 'Sehr geehrte Frau Lindqvist,\n\nanbei die Rechnung für Oktober, zahlbar bis zum 15. des Monats. Das Geländer am Nordkai ist montiert; die „grünen“ Muster folgen nächste Woche.\n\nGesamtbetrag: 4.318,50 €\n\nMit freundlichen Grüßen\nLena Fischer\nFischer Stahlbau',
      },
      read,
    ),
    legacy(
      {
        charset: 'koi8-r',
        from: cast.olek,
        to,
        receivedAt: at(80),
        subject: 'Расписание речных судов на зиму',
        text: 'Здравствуйте, Инес!\n\nПосылаю расписание на зиму. С первого декабря суда ходят два раза в день, в девять и в четыре. Если лёд встанет рано, мы напишем.\n\nС уважением,\nАлексей Бондарь',
      },
      read,
    ),
    legacy(
      {
        charset: 'iso-8859-2',
        encoding: 'quoted-printable',
        from: cast.zsofia,
        to,
        receivedAt: at(102),
        subject: 'Hajókirándulás tavasszal',
        text: 'Kedves Ines,\n\nmegérkezett a régi gőzhajó menetrendje: áprilistól minden szombaton indul, és a fedélzeten őszibarackos süteményt adnak. Üdvözlöm a gyerekeket!\n\nZsófia',
      },
      read,
    ),
    legacy(
      {
        charset: 'gb18030',
        from: { name: '陈小雨', address: 'chen@linjiang-boats.example' },
        to,
        receivedAt: at(126),
        subject: '关于木船图纸的问题',
        text: '您好，\n\n图纸已经收到，谢谢。第三页的尺寸和第五页不一样，请问以哪一页为准？\n\n另外，我们想请您春天来看新船下水。\n\n陈小雨',
      },
      read,
    ),
    modern(
      60,
      cast.layla,
      'دعوة إلى معرض المرسى',
      'عزيزتي إينس،\n\nيسعدنا أن ندعوكِ إلى افتتاح معرض الصور عن الموانئ القديمة يوم الجمعة في الساعة السابعة مساءً (قاعة A2، الطابق 3).\n\nسيكون هناك شاي بالنعناع، وكثير من الحكايات عن البحر.\n\nمع أطيب التحيات،\nليلى حداد',
    ),
    modern(
      134,
      cast.noa,
      'התערוכה נפתחת ביום חמישי',
      'שלום אינס,\n\nהתערוכה "אור על המים" נפתחת ביום חמישי בשעה 19:30. שמרנו לך שני כרטיסים בכניסה.\n\nנתראה,\nנועה',
    ),
    modern(
      158,
      cast.arjun,
      'नदी उत्सव की तस्वीरें',
      'प्रिय इनेस,\n\nपिछले सप्ताह नदी उत्सव में सैकड़ों दीये पानी पर तैर रहे थे। तस्वीरें जल्द ही भेजूँगा।\n\nशुभकामनाओं सहित,\nअर्जुन',
    ),
    modern(
      182,
      cast.somchai,
      'ตารางเรือด่วนใหม่',
      'สวัสดีครับคุณอิเนส\n\nเรือด่วนเจ้าพระยาเปลี่ยนตารางเวลาใหม่ตั้งแต่วันจันทร์หน้า เรือเที่ยวแรกออกหกโมงเช้า ท่าเรือใหม่มีหลังคากันแดดแล้ว\n\nสมชาย',
    ),
    modern(
      12,
      { name: 'Ada Lindqvist 🐙', address: 'ada@familypost.example' },
      '🎉🎂 nine more sleeps!!! 🐙',
      'I want an octopus cake 🐙 with EIGHT candles on the arms and one in the middle 👩‍🚀\n\nNils says octopuses have three hearts ❤️❤️❤️ so it also needs three hearts\n\nlove Ada 🏴‍☠️',
    ),
  ];
}
