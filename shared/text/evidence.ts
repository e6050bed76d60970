import type { Catalogue } from './catalogue.ts'

/** Photos that file themselves by the codes they show, and the computer's own camera. */
export const evidence = {
  trayCodes: {
    zh: '照片里拍到口袋清单、文书上的二维码时，自动归到所指的条目或会议；扫描成 PDF 的也逐页读取，读不出时请扫描成 JPG 或拍照。',
    en: 'Pictures that show a QR code of a pocket checklist or a document file themselves under its item or meeting. Scans saved as PDF are read page by page; if one cannot be read, scan to JPG or take a photo.',
  },
  fileByCode: { zh: '按二维码归位', en: 'File by QR code' },
  readingCodes: { zh: '正在读照片里的二维码', en: 'Reading the codes in the pictures' },
  filedByCode: { zh: '按二维码归位的结果', en: 'Filed by QR code' },
  filedCounts: { zh: '已归位 {{filed}} 张，未归类 {{left}} 张。', en: '{{filed}} filed, {{left}} unfiled.' },
  filedNone: {
    zh: '没有读到本软件的二维码，{{left}} 张都在待归位照片里。',
    en: 'No code of this app was read: all {{left}} are among the unfiled photos.',
  },
  filedItem: { zh: '归到条目 {{codes}}', en: 'Filed under {{codes}}' },
  filedMeeting: { zh: '归到{{meetings}}', en: 'Filed with: {{meetings}}' },
  filedBoth: { zh: '归到条目 {{codes}}，以及{{meetings}}', en: 'Filed under {{codes}} and with: {{meetings}}' },
  scanCaption: { zh: '{{title}}（第 {{page}}/{{pages}} 页）', en: '{{title}} (page {{page}} of {{pages}})' },
  unfile: { zh: '撤销归位', en: 'Undo filing' },
  unfileName: { zh: '撤销归位：{{name}}', en: 'Undo filing: {{name}}' },
  unfiledAgain: { zh: '已撤销，仍在待归位照片里。', en: 'Undone: among the unfiled photos again.' },
  why_notReadable: {
    zh: '未归类：不是能读的图片（视频、不是扫描件的 PDF，或这台电脑解不开的格式）。请手工归位，或扫描成 JPG、拍照后再导入。',
    en: 'Unfiled: no picture that can be read here (film, a PDF that is no scan, or an unknown format). File it by hand, or scan it to JPG or take a photo.',
  },
  why_noCode: {
    zh: '未归类：没有读到本软件的二维码。请手工归位。',
    en: 'Unfiled: no code of this app was read. File it by hand.',
  },
  why_otherTask: {
    zh: '未归类：含有别的任务的二维码。请核对是否拿错了纸，再手工归位或不采用。',
    en: 'Unfiled: it shows a code of another task. Check the paper, then file it by hand or put it aside.',
  },
  why_unknownItem: {
    zh: '未归类：二维码所指的条目不在本细则里。请核对清单是否旧版，再手工归位。',
    en: 'Unfiled: its code names an item this checklist does not have. Check whether the paper is old, then file it by hand.',
  },
  why_notMine: {
    zh: '未归类：二维码所指的条目由其他专家评。请转给分工的专家，或手工归位。',
    en: 'Unfiled: its code names an item others judge. Pass it to them, or file it by hand.',
  },
  why_noPlace: {
    zh: '未归类：{{page}}没有能确定的归处。请手工归位，或在任务概览的会议记录里附上。',
    en: 'Unfiled: {{page}} has no certain place. File it by hand, or attach it to a meeting in the task overview.',
  },
  why_noMeeting: {
    zh: '未归类：{{page}}应附在{{meetings}}，而这次会议还没有记录。请先在任务概览记录会议，再点“按二维码归位”。',
    en: 'Unfiled: {{page}} belongs to the {{meetings}}, which is not recorded yet. Record it in the task overview, then choose “File by QR code”.',
  },
  followItem: {
    zh: '未归类：没有二维码，拍在 {{code}} 的二维码之后。',
    en: 'Unfiled: no code, taken after the code of {{code}}.',
  },
  followAll: { zh: '拍码之后的 {{n}} 张照此归位', en: 'File the {{n}} photos after a code like this' },
  takePhotos: { zh: '拍照', en: 'Take photos' },
  cameraFor: { zh: '拍照：{{what}}', en: 'Take photos: {{what}}' },
  cameraStarting: { zh: '正在打开摄像头……', en: 'Opening the camera …' },
  cameraView: { zh: '摄像头画面', en: 'What the camera sees' },
  shoot: { zh: '拍下', en: 'Take photo' },
  otherCamera: { zh: '换一个摄像头', en: 'Other camera' },
  shotsSaved: { zh: '已保存 {{n}} 张。', en: '{{n}} saved.' },
  shotSaving: { zh: '正在保存……', en: 'Saving …' },
  cameraNone: {
    zh: '这台电脑没有找到摄像头。请接上摄像头后重试；任务允许时，也可用手机或相机拍好再添加文件。',
    en: 'No camera was found. Connect one and try again; where the task allows it, take photos with a phone or camera and add the files.',
  },
  cameraDenied: {
    zh: '系统没有允许使用摄像头。请在系统的隐私设置里允许本软件使用摄像头，再重试。',
    en: 'The system does not let this app use the camera. Allow it in the privacy settings, then try again.',
  },
  cameraBusy: {
    zh: '摄像头打不开，可能正被别的软件占用。请关闭那个软件后重试。',
    en: 'The camera cannot be opened; another program may be using it. Close that program and try again.',
  },
} satisfies Catalogue
