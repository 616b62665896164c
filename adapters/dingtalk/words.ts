/** What health and doctor say to the admin. */

export const WORDS = {
  badSecret:
    '钉钉不认这对 clientId 和 clientSecret：开发者后台 → 凭证与基础信息，核对后改好环境变量，重新启动；应用停用了也会这样',
  network: (code: string) => `连不上钉钉（${code}）：检查网络`,
  refused: (detail: string) => `钉钉拒绝了请求（${detail}）`,
  throttled: '钉钉限流了，稍后再试',
  quota:
    '本组织这个月的接口调用量用完了，机器人发不出消息：开发者后台 → 资源管理，升级或加购；下月一日自动恢复',
  permission:
    '缺少权限“企业内机器人发送消息权限”：开发者后台 → 权限管理，开通 qyapi_robot_sendmsg，再发布一个版本',
  noRobot: '机器人不存在，或不在那个群里：核对 robotCode，再请群主把机器人加进群',
  robotCode: (code: string) =>
    `收到的消息来自机器人 ${code}，和 robotCode 不一样，会发不出去：在 huiyin.yaml 的 dingtalk 下写 robotCode: ${code}`,
  cut: 'Stream 连接断了，正在重连',
  silent: 'Stream 连接没有声音了，正在重连',
  malformed: '钉钉的回答看不懂，稍后再试',
  notTaken: '有消息没有记下来，试了几次都写不进数据库：请发的人再发一次，并查看磁盘和日志',
} as const;
