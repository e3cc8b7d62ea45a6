export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.cookie = `${data.cookie}=${data.language}; path=/; max-age=${data.seconds}; samesite=lax`;
}
