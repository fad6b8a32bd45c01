/** What the sources ask for and say. Ours. */

export const browsers = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
];
export const crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
export const scanners = ["Mozilla/5.00 (Nikto/2.5.0)", "sqlmap/1.8 (https://sqlmap.org)", "Mozilla/5.0 (compatible; Nmap Scripting Engine)", "gobuster/3.6", "Nuclei - Open-source project"];
export const libraries = ["python-requests/2.32.3", "Go-http-client/1.1", "okhttp/4.12.0"];

export const searches = ["lamp", "oak table", "union square poster", "O'Brien biography", "red or blue rug", "drop leaf table", "a<b maths book", "select wines", "rock & roll", "50% off", "caf\u00e9 chairs"];
export const reviews = ["Fits well -- better than the old one.", "Love it <3", "It's fine. Would buy again!", "Delivery took 3 days; the box was open.", "5/5 & a happy cat"];

export const probedPaths = [
  "/.env", "/.git/config", "/.git/HEAD", "/wp-login.php", "/wp-config.php.bak", "/xmlrpc.php", "/phpmyadmin/index.php", "/admin/", "/administrator/", "/server-status", "/backup.sql", "/logs/error.log",
  "/config.ini", "/web.config.old", "/WEB-INF/web.xml", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/cgi-bin/luci", "/actuator/env", "/api/swagger.json", "/debug", "/test.php", "/info.php",
  "/solr/admin/info/system", "/manager/html", "/.aws/credentials", "/.ssh/id_rsa", "/console/", "/old/", "/static/../../../etc/passwd", "/owa/auth/x.js",
];

/** With a number that differs each time. */
export const sqlShapes: readonly ((n: number) => string)[] = [
  (n) => `${n}' OR '${n}'='${n}`, (n) => `${n} or ${n}=${n}`, (n) => `-${n} UNION SELECT name, password FROM users-- `, (n) => `${n}'; DROP TABLE orders; --`,
  (n) => `${n} AND SLEEP(${(n % 5) + 1})`, (n) => `${n}' AND (SELECT COUNT(*) FROM users) > ${n} AND 'a'='a`, (n) => `${n}'/**/UNION/**/SELECT/**/${n},version()#`, (n) => `${n}' ORDER BY ${(n % 12) + 1}-- `,
];
export const scriptShapes: readonly ((n: number) => string)[] = [
  (n) => `<script>alert(${n})</script>`, (n) => `"><img src=x onerror=alert(${n})>`, (n) => `<svg/onload=alert(${n})>`, (n) => `<a href="javascript:alert(${n})">x</a>`,
  (n) => `<iframe srcdoc="<script>p(${n})</script>">`, (n) => `<details open ontoggle=alert(${n})>`,
];

export const firstNames = ["ann", "ben", "carla", "dev", "eva", "finn", "grace", "hugo", "ines", "jan", "kim", "luca", "mia", "noor", "olga", "paul"];
export const passwords = ["Summer", "Winter", "Welcome", "Dragon", "Football", "Sunshine", "Secret", "Monkey"];
