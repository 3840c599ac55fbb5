/** What the button on a site says: to open, to close, the chat's name, and how much is unread. */
export interface ButtonTexts {
  open: string
  close: string
  title: string
  unread: string
}

const of = (open: string, close: string, title: string, unread: string): ButtonTexts => ({ open, close, title, unread })

export const button: Record<string, ButtonTexts> = {
  'zh-CN': of('打开在线客服', '收起在线客服', '在线客服', '，{n} 条未读消息'),
  'zh-TW': of('開啟線上客服', '收起線上客服', '線上客服', '，{n} 則未讀訊息'),
  en: of('Open the chat', 'Close the chat', 'Chat', ', {n} unread'),
  ja: of('チャットを開く', 'チャットを閉じる', 'チャット', '、未読 {n} 件'),
  ko: of('채팅 열기', '채팅 닫기', '채팅', ', 읽지 않음 {n}개'),
  es: of('Abrir el chat', 'Cerrar el chat', 'Chat', ', {n} sin leer'),
  ar: of('فتح المحادثة', 'إغلاق المحادثة', 'المحادثة', '، غير مقروءة: {n}'),
  de: of('Chat öffnen', 'Chat schließen', 'Chat', ', {n} ungelesen'),
  fr: of('Ouvrir la discussion', 'Fermer la discussion', 'Discussion', ', {n} non lus'),
  pt: of('Abrir o chat', 'Fechar o chat', 'Chat', ', {n} não lidas'),
  ru: of('Открыть чат', 'Закрыть чат', 'Чат', ', непрочитанных: {n}'),
  th: of('เปิดแชต', 'ปิดแชต', 'แชต', ' ยังไม่ได้อ่าน {n}'),
  vi: of('Mở cuộc trò chuyện', 'Đóng cuộc trò chuyện', 'Trò chuyện', ', {n} chưa đọc')
}
