//! The words of page furniture, by what they are for.
//!
//! All entries are folded: lower case, straight quotes, no diacritics, no marks at
//! the ends. A whole line must equal an entry of [`WHOLE`], begin with one of
//! [`OPENINGS`], or hold one of [`ANYWHERE`].

use super::Rule;
use super::Rule::{
    Advert, AuthorNote, Comments, Consent, Copyright, Footer, Navigation, Newsletter, Player, ReadMore,
    Related, Share, Shop, SignIn, Tags,
};

/// Lines that are exactly this.
pub(super) const WHOLE: [(Rule, &[&str]); 14] = [
    (
        Share,
        &[
            "share", "share this", "share this article", "share this story", "share article", "share story",
            "share on facebook", "share on twitter", "share on x", "share on linkedin", "share on whatsapp",
            "share via email", "share by email", "share on social media", "share full article", "tweet", "tweet this",
            "facebook", "twitter", "x", "linkedin", "whatsapp", "telegram", "reddit", "pinterest", "flipboard",
            "tumblr", "messenger", "email", "e-mail", "mail", "print", "copy link", "copy url", "link copied",
            "copied", "copy", "instagram", "youtube", "threads", "viber", "pocket", "line", "sms", "bluesky", "mastodon",
            "print this article", "email this article", "email article", "print article", "save article",
            "save", "save for later", "bookmark", "gift this article", "gift article", "share icon", "share options",
            "facebook icon", "twitter icon", "more sharing options", "share this page", "share this post",
            "post", "pin", "pin it", "share to facebook", "share to twitter", "share link", "share with friends",
            "teilen", "artikel teilen", "drucken", "merken", "versenden", "per e-mail teilen", "auf facebook teilen",
            "auf twitter teilen", "auf whatsapp teilen", "link kopieren", "partager", "partager sur facebook",
            "partager sur twitter", "partager sur whatsapp", "partager sur messenger", "envoyer par e-mail", "imprimer",
            "compartir", "imprimir", "enviar por email", "condividi", "stampa", "delen", "dela", "podeli", "podijeli",
            "stampaj", "ndaje", "paylas", "yazdir", "поделиться", "подели", "udostepnij", "kopiera lank", "skriv ut",
            "follow us", "follow us on", "follow us on social media", "follow us on twitter",
            "follow us on facebook", "follow us on instagram", "add to favorites", "add to favourites", "ajouter a vos selections",
            "send this page to someone via email", "leave a comment share", "email facebook twitter", "facebook twitter email",
            "share this:", "like this", "share on pinterest", "share on reddit", "share on flipboard", "share on telegram",
            "sharing is caring", "share using native share", "share this video", "plus icon", "listen to article", "see more on",
            "click to copy", "click to copy link", "email this", "share using email", "share on bluesky", "send", "get link",
        ],
    ),
    (
        Advert,
        &[
            "advertisement", "advertisements", "advertising", "advertise", "ad", "ads", "sponsored", "sponsored content", "promoted",
            "promoted content", "paid content", "paid post", "story continues below", "story continues below advertisement",
            "story continues", "article continues below", "article continues below advertisement", "scroll to continue",
            "scroll down to continue", "advertisement - scroll to continue", "continue reading below", "continue reading",
            "advertisement - continue reading below", "continue reading the main story", "skip advertisement",
            "skip ad", "advertisement skip", "close ad", "ad feedback", "remove ads", "report ad", "report this ad", "hide ad",
            "article continues after this advertisement", "article continues after advertisement", "story continues after advertisement",
            "anzeige", "werbung", "advertorial", "publicite", "la suite apres cette publicite", "publicidad", "pubblicita",
            "advertentie", "annons", "reklama", "reklam", "реклама", "oglas", "oglasi", "mbylle reklamen", "continua a leggere", "publicidade",
            "from our partners", "partner content", "brand content", "promoted stories", "sponsored links", "sponsor message",
            "sponsored stories", "recommended by outbrain", "by taboola", "taboola", "outbrain", "scroll to continue with content", "ad loading",
            "learn more", "shop now", "buy now", "read on the app", "app offnen", "artikel anhoren", "weiter lesen", "weiterlesen",
            "thank you for your patience", "thanks for signing up", "message from our sponsor", "keep reading", "annonce", "annonse",
        ],
    ),
    (
        Navigation,
        &[
            "menu", "home", "homepage", "search", "search for", "close", "open menu", "close menu", "main menu",
            "skip to content", "skip to main content", "skip to navigation", "skip to footer", "back to top", "return to top", "top",
            "next", "previous", "prev", "next article", "previous article", "next post", "previous post", "next story", "previous story", "back", "sections", "section",
            "see all", "view all", "show all", "see more", "view more", "show more", "load more", "show less", "more", "expand", "collapse", "all",
            "toggle navigation", "toggle menu", "navigation", "site navigation", "site map", "sitemap", "live", "live tv", "watch live", "breaking",
            "breaking news", "exclusive", "trending now", "in the news", "today's paper", "e-paper", "epaper", "edition", "change edition",
            "your account", "my account", "account", "profile", "settings", "notifications", "languages", "language", "select language", "english", "deutsch",
            "francais", "espanol", "startseite", "zur startseite", "suche", "suchen", "nach oben", "zuruck", "weiter", "mehr", "alle", "alle anzeigen", "mehr anzeigen", "schliessen",
            "accueil", "recherche", "rechercher", "fermer", "retour", "inicio", "buscar", "cerrar", "cerca", "chiudi", "zoeken", "menu sluiten", "sok", "meny", "naslovna", "pocetna", "pretraga",
            "главная", "поиск", "меню", "read full article", "read the full story", "read full story", "full story", "full article", "transcript",
            "toggle caption", "hide caption", "enlarge this image", "enlarge image", "embed", "download", "toggle more options", "jump to", "jump to recipe",
            "table of contents", "contents", "inhalt", "inhaltsverzeichnis", "icon", "logo", "print subscription", "go to content", "direkt zum inhalt", "zum inhalt springen",
            "aller au contenu", "ir al contenido", "vai al contenuto", "error", "loading", "loading...", "please wait", "hide", "show", "view comments section",
            "rate", "add to collection", "see the full list", "angle down icon", "an icon in the shape of an angle pointing down", "premium", "plus", "abo", "paywall",
            "you are here", "skip links", "click here", "read in app", "open in app", "get app", "get the app", "use app", "explore more", "explore", "discover more",
            "most recent", "show caption", "caption", "photo", "photos", "video", "videos", "image", "gallery", "audio", "copyright", "about", "details", "view gallery", "view all photos", "follow", "following", "unfollow", "follow author", "see profile",
        ],
    ),
    (
        SignIn,
        &[
            "sign in", "sign up", "sign out", "log in", "log out", "login", "logout", "register", "register now", "subscribe", "subscribe now", "subscribe today",
            "subscribe to continue reading", "join", "join now", "join us", "become a member", "become a subscriber", "already a subscriber", "already a subscriber? sign in", "already have an account",
            "already have an account? sign in", "don't have an account", "create account", "create an account", "create a free account", "start free trial", "free trial",
            "support us", "donate", "donate now", "support our journalism", "manage subscription", "my subscription", "anmelden", "abmelden", "einloggen", "registrieren", "abonnieren", "jetzt abonnieren",
            "abo abschliessen", "se connecter", "s'abonner", "s'inscrire", "s'inscrire gratuitement", "connexion", "identifiez-vous", "vous possedez deja un compte", "iniciar sesion", "suscribete", "suscribirse", "registrate", "accedi", "abbonati", "registrati",
            "inloggen", "abonneren", "logga in", "prijava", "registracija", "войти", "подписаться", "prijavi se", "giris yap", "uye ol", "subscriber only", "subscribers only", "for subscribers", "support", "forgot password", "remember me", "password", "username", "email address", "your email address", "enter your email",
            "enter your email address", "submit", "gift subscriptions", "print edition",
        ],
    ),
    (
        Newsletter,
        &[
            "newsletter", "newsletters", "sign up for our newsletter", "sign up for our newsletters", "subscribe to our newsletter", "subscribe to our newsletters", "get our newsletter", "our newsletter", "newsletter sign up", "newsletter signup",
            "sign up for newsletters", "sign up for the newsletter", "get the newsletter", "sign up for free", "email newsletters", "free newsletter", "stay informed", "stay up to date", "stay connected",
            "newsletter abonnieren", "zum newsletter", "newsletter bestellen", "iscriviti alla newsletter", "s'inscrire a la newsletter", "suscribete a nuestra newsletter", "sign up to our newsletter", "sign up to our newsletters", "push-benachrichtigungen", "don't miss out", "never miss a story",
            "get news alerts", "get email alerts", "daily newsletter", "weekly newsletter", "you're all set", "thanks for subscribing", "thank you for subscribing", "thank you for signing up",
        ],
    ),
    (
        Footer,
        &[
            "privacy", "privacy policy", "privacy notice", "privacy statement", "privacy settings", "privacy preferences", "terms", "terms of use", "terms of service", "terms and conditions", "terms & conditions", "cookie policy", "cookies", "do not sell my personal information",
            "do not sell or share my personal information", "your privacy choices", "california privacy rights", "accessibility", "accessibility statement", "about us", "contact us", "contact", "careers", "jobs", "work with us", "advertise with us", "advertise with us", "media kit", "site index",
            "help", "help center", "help centre", "faq", "faqs", "feedback", "customer service", "customer support", "corrections", "corrections policy", "editorial policy", "editorial standards", "ethics policy", "code of ethics", "licensing", "syndication", "rss", "rss feed", "rss feeds", "archives", "archive",
            "impressum", "datenschutz", "datenschutzerklarung", "agb", "kontakt", "uber uns", "hilfe", "mediadaten", "barrierefreiheit", "nutzungsbedingungen", "mentions legales", "politique de confidentialite", "conditions generales", "qui sommes-nous", "contactez-nous", "nous contacter", "aviso legal", "politica de privacidad", "politica de cookies",
            "quienes somos", "contacto", "chi siamo", "contatti", "note legali", "uslovi koriscenja", "politika privatnosti", "o nama", "impresum", "marketing", "kontakti", "rreth nesh", "apps", "our apps", "mobile apps", "download our app", "download the app", "company", "legal", "report an error", "submit a correction", "request a correction",
            "submit a tip", "send a tip", "got a tip", "send us a tip", "ethics", "eeo report", "public file", "fcc public file", "closed captioning", "press", "press room", "investors", "investor relations", "partners", "masthead", "our team", "staff", "meet the team", "editorial guidelines", "content policy", "report abuse", "reprints", "reprints and permissions", "license this content", "get permission", "rights and permissions",
        ],
    ),
    (
        Consent,
        &[
            "cookie settings", "cookie preferences", "manage cookies", "manage preferences", "accept", "accept all", "accept all cookies", "accept cookies", "reject all", "reject", "i accept", "i agree", "agree", "agree and continue", "got it", "ok", "we value your privacy", "we use cookies", "your privacy",
            "consent preferences", "cookie consent", "manage options", "more options", "alle akzeptieren", "akzeptieren", "ablehnen", "einstellungen", "tout accepter", "accepter", "refuser", "aceptar", "rechazar", "accetta", "rifiuta", "accepteren", "prihvatam", "prihvati sve", "save and exit", "confirm my choices", "allow all", "deny", "no thanks", "no, thanks", "not now", "maybe later", "dismiss", "allow", "yes", "cancel",
        ],
    ),
    (
        Comments,
        &[
            "comments", "comment", "leave a comment", "leave a reply", "leave comment", "post a comment", "add a comment", "write a comment", "view comments", "show comments", "hide comments", "read comments", "see comments", "all comments", "join the conversation", "join the discussion", "start the conversation", "start a conversation", "be the first to comment",
            "have your say", "comments are closed", "comments have been disabled", "comments are turned off", "conversation", "discussion", "load comments", "view all comments", "what do you think", "reader comments", "most recent comments", "sort by", "no comments yet", "no comments", "comment on this story", "comment on this article", "kommentare", "kommentar schreiben", "kommentieren", "kommentar verfassen", "kommentare anzeigen", "commentaires", "commenter", "ajouter un commentaire", "comentarios", "deja un comentario", "commenti", "lascia un commento", "reacties", "kommentarer", "komentari", "komentar", "posalji komentar", "комментарии", "коментари", "komente", "yorumlar", "komentarze", "dodaj komentarz", "reactions", "vos reactions", "leave feedback", "letters to the editor", "submit a letter", "reply", "log in to comment", "sign in to comment",
        ],
    ),
    (
        Related,
        &[
            "related", "related articles", "related article", "related stories", "related story", "related news", "related content", "related posts", "related post", "related topics", "related links", "related coverage", "related reading", "related video", "related videos", "related items", "related to this story", "related:",
            "read more", "more stories", "more news", "more top stories", "top stories", "top news", "top story", "top headlines", "top articles", "latest", "latest news", "latest stories", "latest articles", "latest headlines", "latest posts", "latest updates", "latest videos", "headlines", "most read", "most popular", "most viewed", "most shared", "most watched", "most commented", "most discussed", "popular", "popular stories", "popular articles", "popular posts", "popular now", "trending", "trending stories", "trending news", "trending topics", "trending articles", "editor's picks", "editor's pick", "editors' picks", "editors picks", "editor's choice", "staff picks", "recommended", "recommended for you", "recommended stories", "recommended articles", "recommended reading", "recommended videos", "you may also like", "you might also like", "you may like", "you might like", "you may have missed", "you may be interested in", "you might be interested in", "in case you missed it", "icymi", "don't miss", "must read", "must reads", "must-read", "must watch", "up next", "read next", "what to read next", "watch next", "next up", "also read", "also on", "see also", "read also", "further reading", "keep exploring", "more for you", "more from", "more on this story", "more on this", "more on this topic", "more like this", "more to explore", "more to read", "more to love", "more information", "more headlines", "more articles", "more coverage", "more videos", "more in", "more about", "from the web", "around the web", "elsewhere on the web", "from around the web", "we recommend", "our picks", "our top picks", "today's top stories", "today's headlines", "today's picks", "suggested", "suggested stories", "suggested for you", "similar articles", "similar stories", "other stories", "other news", "recent", "recent posts", "recent stories", "recent news", "recent articles", "featured", "featured stories", "featured articles", "featured posts", "featured videos", "featured news", "for you", "just in", "live updates", "in other news", "the latest", "the latest news", "the latest updates", "what's new", "what's next", "spotlight", "in focus", "in this section", "in this series", "in this package", "stories for you", "news", "top videos", "must see", "what others are reading", "people also read", "people are reading", "readers also like", "continue exploring", "from our network", "explore related", "explore more", "explore more topics", "explore more on these topics", "discover", "dig deeper", "go deeper", "most popular stories", "most recent stories", "top picks", "what we're reading", "what to watch", "more features", "most trending", "more great stories", "more must-reads", "newest", "watch", "paid partner content", "learn more about", "see what's new", "more in news", "more in this section", "more to discover", "story highlights", "topics in this article", "more sports", "more politics", "more opinion", "more business", "more entertainment",
            "mehr zum thema", "zum thema", "auch interessant", "das konnte sie auch interessieren", "das konnte dich auch interessieren", "meistgelesen", "meistgelesene artikel", "meist gelesen", "lesen sie auch", "lesen sie mehr", "lesen sie jetzt", "verwandte artikel", "ahnliche artikel", "weitere artikel", "weitere meldungen", "weitere nachrichten", "weitere themen", "mehr nachrichten", "aktuelle nachrichten", "neueste artikel", "top-themen", "themen des tages", "mehr von", "mehr aus", "mehr dazu", "empfehlungen", "empfohlene artikel", "empfehlungen der redaktion", "neueste", "neueste nachrichten", "aus dem ressort", "mehr aus dem ressort", "das beste", "sur le meme sujet", "a lire aussi", "lire aussi", "articles lies", "a lire egalement", "les plus lus", "dans la meme rubrique", "voir aussi", "noticias relacionadas", "relacionado", "te puede interesar", "tambien te puede interesar", "lo mas leido", "lo mas visto", "mas noticias", "mas informacion", "ultimas noticias", "leggi anche", "articoli correlati", "potrebbe interessarti", "ti potrebbe interessare", "piu letti", "i piu letti", "lees ook", "meest gelezen", "gerelateerd", "las mer", "mest last", "procitajte jos", "procitajte i", "povezane vesti", "povezano", "najcitanije", "najnovije", "najnovije vesti", "vezane vesti", "lexo edhe", "me te lexuarat", "ilgili haberler", "son dakika", "czytaj tez", "czytaj takze", "zobacz takze", "powiazane", "читайте также", "похожие", "најчитаније", "повезане вести", "leia tambem", "leia mais", "mais lidas", "ler mais", "saiba mais", "les ogsa", "laes ogsa",
        ],
    ),
    (
        Tags,
        &[
            "tags", "tag", "topics", "topic", "filed under", "in this story", "in this article", "mentioned in this article", "categories", "category", "keywords", "related tags", "more on", "read more about", "explore topics", "schlagworte", "themen", "stichworte", "etiquetas", "temas", "mots-cles", "sujets", "oznake", "tagovi", "teme", "теги", "follow topics", "posted in", "browse topics", "in diesem artikel", "argomenti", "etiketter", "onderwerpen", "story tags", "article tags", "people", "more about", "find out more about", "related subjects", "subjects", "companies",
        ],
    ),
    (
        Player,
        &[
            "play", "pause", "mute", "unmute", "play video", "play audio", "watch video", "now playing", "current time", "duration", "loaded", "stream type live", "seek to live", "remaining time", "playback rate", "chapters", "descriptions", "captions", "audio track", "fullscreen", "picture-in-picture", "this is a modal window", "close modal dialog", "beginning of dialog window", "end of dialog window", "listen", "listen now", "listen to this article", "listen to this story", "listen to story", "audio player loading", "0 seconds", "video player is loading", "progress", "captions off", "captions settings", "subtitles", "subtitles off", "quality levels", "autoplay", "skip", "playlist", "video player", "replay", "volume", "play button", "audio version", "listen to the article", "artikel horen", "vorlesen", "ecouter", "escuchar", "ascolta", "media unable to play", "this video can not be played", "media caption", "slideshow", "start slideshow", "next slide", "previous slide", "next image", "previous image", "view fullscreen", "1x", "1.5x", "2x", "ai generated", "text to speech", "video unavailable", "skip video", "full screen", "close video", "settings menu",
        ],
    ),
    (
        Shop,
        &["buy from amazon", "buy on amazon", "buy at amazon", "shop at amazon", "view deal", "check price", "see at amazon", "view at amazon", "best price", "add to cart", "buy it", "see it", "check it out", "get deal", "see deal", "see price", "view on amazon", "amazon", "walmart", "shop", "buy", "pros", "cons", "view offer", "order now"],
    ),
    (
        AuthorNote,
        &["about the author", "about the authors", "about the writer", "more from this author", "more by this author", "view all posts", "see all posts", "view author", "author", "author bio", "uber den autor", "uber die autorin", "zum autor", "zur autorin", "more stories by", "contributors", "see full bio", "view bio", "read bio", "follow on twitter", "written by", "view profile"],
    ),
    (Copyright, &["all rights reserved", "alle rechte vorbehalten", "tous droits reserves", "todos los derechos reservados", "tutti i diritti riservati", "sva prava zadrzana", "copyright notice"]),
];

/// Lines of at most twenty words that begin like this.
pub(super) const OPENINGS: [(Rule, &[&str]); 12] = [
    (
        ReadMore,
        &[
            "read more:", "read more |", "read more -", "read more –", "read more about", "read more from", "read more in", "read more on", "also read:", "also read |", "also read -", "also read –", "read also:", "read also |", "read:", "read |", "read next:", "read now:", "read this:", "see also:", "see also –", "see also |", "see more:", "watch:", "watch |", "watch more:", "watch now:", "related:", "related |", "related article", "related story:", "related stories:", "related content:", "more:", "more on this:", "must read:", "must-read:", "don't miss:", "up next:", "listen:", "listen to this article", "listen to this", "listen |", "you may also like:", "you might also like:", "recommended:", "recommended reading:", "further reading:", "in pictures:", "in pictures |", "explained:", "explained |", "explainer:", "view:", "in case you missed it:", "icymi:", "click here to", "click here for", "lesen sie auch:", "lesen sie auch", "lesen sie hier", "lesen sie mehr", "mehr zum thema:", "mehr dazu:", "auch interessant:", "hier geht's", "lire aussi :", "lire aussi", "a lire aussi", "a lire :", "leggi anche:", "leggi anche", "lee tambien:", "lea tambien:", "leer mas:", "te puede interesar:", "lees ook:", "lees ook", "les ogsa:", "las mer:", "las ocksa:", "procitajte i:", "procitajte jos:", "pogledajte i:", "lexo edhe:", "czytaj tez:", "czytaj rowniez:", "zobacz tez:", "читайте также:", "leia tambem:", "leia mais:", "veja tambem:", "continue reading:", "keep reading:", "from the archives:", "watch the", "watch more", "read full", "read the full", "read the rest", "get more:", "other stories:", "more stories:", "full story:", "full coverage:", "live updates:", "opinion:", "read also", "also see:", "find out more:", "get the latest", "sehen sie auch:", "bekijk ook:", "video:", "photos:", "gallery:",
        ],
    ),
    (
        Related,
        &[
            "more from ", "more in ", "more stories from", "more stories by", "more news from", "more by ", "most popular in", "most read in", "latest from", "latest in ", "the latest from", "trending in", "trending on", "top stories from", "popular in", "popular on", "read more stories", "more top", "mehr von ", "mehr aus ", "plus de ", "mas de ", "recommended from", "related to ", "most viewed in", "keep up with", "what to read", "editors' picks", "see more from", "see more stories", "view more from", "explore more", "also on ", "more on ", "altro da", "the most read", "most popular on", "discover more", "meistgelesen in", "das konnte",
        ],
    ),
    (Comments, &["comments (", "comment (", "view comments", "show comments", "join the conversation", "join the discussion", "please read our comment", "commenting policy", "kommentare (", "commentaires (", "commenti (", "komentari (", "see all comments", "load comments", "leave a comment", "leave a reply", "comments:", "kommentare :", "view all comments", "comments are", "read all comments", "post a comment", "diskutieren sie", "hier konnen sie kommentieren"]),
    (Tags, &["tags:", "tags |", "tag:", "topics:", "filed under:", "filed under ", "filed to:", "filed in:", "categories:", "category:", "keywords:", "posted in:", "posted in ", "in this story:", "schlagworte:", "themen:", "schlagwort:", "mots-cles :", "etiquetas:", "temas:", "argomenti:", "oznake:", "tagovi:", "тагови:", "теги:", "related topics:", "related tags:", "explore more on these topics", "more on:", "more about:", "related topics"]),
    (Advert, &["advertisement ", "advertisement.", "ad-", "sponsored by", "presented by", "paid for by", "story continues below", "article continues", "story continues", "scroll to", "scroll down", "anzeige ", "continue reading below", "la suite apres", "der artikel geht", "weiter nach der", "weiter nach der anzeige", "this advertisement", "advertising ", "promoted by", "content continues", "report this ad", "brought to you by"]),
    (
        Newsletter,
        &[
            "sign up for", "sign up to", "sign up here", "sign up now", "sign up today", "subscribe to ", "subscribe for ", "subscribe here", "subscribe now", "subscribe and", "get our ", "get breaking", "get more ", "get unlimited", "get the best", "get the latest", "get alerts", "get news", "receive our", "receive the latest", "join our ", "join thousands", "newsletter:", "download our", "download the", "follow us", "follow our", "follow the latest", "like us on", "find us on", "like and follow", "stay up to date", "stay informed", "stay on top", "start your day", "never miss", "don't miss a", "keep up to date", "keep up with", "melden sie sich", "abonnieren sie", "folgen sie", "jetzt abonnieren", "inscrivez-vous", "abonnez-vous", "suscribete", "siguenos", "seguici", "iscriviti", "schrijf je in", "pratite nas", "zapratite", "want more", "want great stories", "[want great stories", "enter your email", "your email", "support our", "become a member", "this newsletter", "our newsletter", "click to subscribe", "receive news", "to get the latest", "for more stories", "for more news", "for the latest", "register for", "register now", "install our", "der newsletter", "kostenloser newsletter", "unser newsletter", "hol dir", "jetzt newsletter", "add us as", "make us your", "choose us as", "set us as", "google news",
        ],
    ),
    (Share, &["share on ", "share this", "share via", "share to ", "share with", "click to share", "click to email", "click to print", "click to tweet", "share:", "share article", "share :", "partager sur", "auf facebook", "condividi su", "compartir en", "email this", "print this", "copy this link", "copy link", "add as a preferred", "add as preferred", "teilen auf", "per mail teilen", "save this", "gift this", "tweet on", "post on "]),
    (SignIn, &["already a subscriber", "already subscribed", "already registered", "already have an account", "already a member", "log in to", "log in or", "login to", "sign in to", "sign in or", "create an account", "create a free", "you need to be", "you must be logged", "to continue reading", "continue reading with", "this content is for", "this article is for", "this story is for", "start your free", "unlock this", "don't have an account", "not a subscriber", "new here", "forgot your", "bereits registriert", "bereits abonnent", "sie haben noch kein", "sie haben bereits", "deja abonne", "vous avez deja", "enjoy unlimited", "thanks for reading", "thank you for reading", "try unlimited", "weiterlesen mit"]),
    (Consent, &["we use cookies", "this site uses cookies", "this website uses cookies", "by clicking", "by continuing", "by using this", "to provide the best", "we and our", "our website uses", "diese website verwendet", "wir verwenden cookies", "wir und unsere", "nous utilisons des", "utilizamos cookies", "questo sito utilizza", "koristimo kolacice", "please enable javascript", "javascript is", "you need to enable", "an dieser stelle", "hier finden sie externen", "externer inhalt", "empfohlener externer", "wir brauchen ihre zustimmung", "ich bin damit einverstanden", "mit ihrer zustimmung", "to view this content", "this content is not available", "this content is hosted", "your browser does not", "allow content", "recommended external", "we use "]),
    (Player, &["play ", "video player", "audio player", "loaded:", "current time", "duration ", "duration:", "volume ", "remaining time", "listen to this", "this is a modal", "slide ", "video ad", "play video", "watch on ", "video duration", "close this dialog", "listen · ", "media caption", "ai-generated", "audio by", "artikel anhoren", "zum anhoren"]),
    (AuthorNote, &["about the author", "about the writer", "follow him on", "follow her on", "follow them on", "contact the author", "contact the reporter", "contact the writer", "reach the reporter", "reach the writer", "reach her at", "reach him at", "email him at", "email her at", "you can follow", "you can reach", "you can contact", "contact her at", "contact him at", "view all posts", "more stories by", "the writer is", "the author is", "this story was written by", "uber den autor", "uber die autorin"]),
    (Shop, &["shop ", "buy it", "buy now", "buy on", "buy from", "price:", "our price", "see all deals", "check out the", "$", "from $", "was $"]),
];

/// Words that give furniture away wherever they stand in a line that is not
/// part of a longer text.
pub(super) const ANYWHERE: [(Rule, &[&str]); 8] = [
    (Copyright, &["all rights reserved", "alle rechte vorbehalten", "tous droits reserves", "may not be published, broadcast", "may not be reproduced", "material may not be", "todos los derechos reservados", "tutti i diritti riservati", "no part of this", "reproduction in whole or in part", "nachdruck, auch auszugsweise"]),
    (Consent, &["uses cookies", "use of cookies", "cookies and other", "cookie policy", "privacy policy and", "our privacy policy", "our privacy notice", "enable javascript", "and privacy policy", "gdpr", "datenschutzerkl", "personenbezogene daten", "personalised ads", "personalized ads", "vendor list", "targeted ads", "google recaptcha", "protected by recaptcha"]),
    (Newsletter, &["in your inbox", "to your inbox", "straight to your", "our free newsletter", "our daily newsletter", "our weekly newsletter", "our newsletter", "by signing up", "by subscribing", "by submitting", "by providing your email", "by entering your email", "you can unsubscribe", "unsubscribe at any time", "you agree to our", "you agree to receive", "you accept our", "breaking news alerts", "sign up for our", "subscribe to our", "newsletter abonnieren", "our whatsapp channel", "our telegram channel", "download our app", "follow us on", "like us on facebook", "follow us for", "our youtube channel", "our facebook page", "our app", "find us on"]),
    (Shop, &["we may earn a commission", "earn a commission", "affiliate commission", "may receive a commission", "affiliate links", "independently selected", "independently reviewed", "independently chosen", "affiliate-link", "receive a small commission", "earn from qualifying", "through links on", "links on this page", "links in this article may", "purchase through"]),
    (Comments, &["comment policy", "commenting policy", "comment guidelines", "community guidelines", "comments are moderated", "to post a comment", "in the comments below", "in the comments section below", "let us know in the comments", "in the comment section", "leave a comment below", "in the comments"]),
    (AuthorNote, &["follow him on twitter", "follow her on twitter", "follow them on twitter", "follow him on x", "can be reached at", "can be contacted at", "tweets at @", "do not necessarily reflect", "does not necessarily reflect", "are those of the author", "views expressed", "opinions expressed", "all views expressed"]),
    (Advert, &["story continues below", "article continues below", "continues below this ad", "sponsored content", "advertiser content"]),
    (Share, &["opens in new window", "opens in a new window", "facebooktwitter", "sharetweet", "twitterfacebook", "facebookx", "tweetshare", "facebookwhatsapp", "emailfacebook", "facebookemail", "sharefacebook", "linkedinemail", "copy link to"]),
];
