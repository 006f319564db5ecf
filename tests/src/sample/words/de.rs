//! How do sellers write in German?

use super::Words;

pub(super) const WORDS: Words = Words {
    code: "de",
    currency: "EUR",
    per_dollar_hundredths: 92,
    cents: true,
    countries: &["DE", "DE", "DE", "AT", "CH"],
    nouns: [
        "Handtasche",
        "Geldbörse",
        "Gürtel",
        "Sneaker",
        "Uhr",
        "Jacke",
        "Kapuzenpullover",
        "Parfüm",
        "Make-up",
        "Ohrhörer",
        "Sonnenbrille",
        "Armband",
    ],
    colours: &["schwarz", "weiß", "marineblau", "braun", "creme", "bordeaux", "dunkelgrün", "silber", "rosé", "grau"],
    titles: &[
        "{brand} {model} {noun} {colour}",
        "{brand} {noun} {model}, {colour}, neu mit Etikett",
        "{brand} {model} in {colour}, sofort lieferbar",
        "{noun} {brand} {model} ({colour})",
    ],
    about: &[
        "{noun} {model} von {brand} in {colour}, aus der laufenden Kollektion und mit Rechnung unseres Ladens.",
        "Das Modell {model} gehört seit Jahren zu dem, wonach bei uns am häufigsten gefragt wird.",
        "Neu und ungetragen, in der Originalverpackung mit Pflegehinweis von {brand}.",
        "Wir sind Fachhändler und führen {brand} seit der Eröffnung; Abholung im Geschäft ist möglich.",
    ],
    details: &[
        "Breite etwa {n} cm; bitte vor der Bestellung mit einem eigenen Stück vergleichen.",
        "Mit einem weichen, trockenen Tuch reinigen und vor Sonne schützen.",
        "Die Bilder haben wir bei Tageslicht selbst aufgenommen, Farben können je nach Bildschirm abweichen.",
        "Gewicht mit Verpackung {n}00 g, verschickt wird in Altpapier.",
    ],
    service: &[
        "Bestellungen bis 14 Uhr gehen am selben Tag hinaus, Lieferzeit zwei bis drei Werktage mit Sendungsverfolgung.",
        "30 Tage Rückgaberecht, der Rücksendeschein liegt bei.",
        "Fragen beantworten wir werktags meist innerhalb einer Stunde.",
        "Zwei Jahre Gewährleistung, Reparaturen macht unsere eigene Werkstatt.",
    ],
    used_titles: &[
        "{brand} {model} {colour}, gebraucht, sehr guter Zustand",
        "{brand} {noun} {model} aus zweiter Hand mit Staubbeutel",
        "Vintage {brand} {noun}, {colour}, mit Gebrauchsspuren",
    ],
    used: &[
        "20{n} neu gekauft und selten getragen. Am Verschluss ist ein leichter Kratzer, siehe Bild vier.",
        "Die Ecken zeigen normale Spuren, innen ist alles sauber. Verkauf, weil ich sie nicht mehr benutze.",
        "Von einem unabhängigen Dienst geprüft, das Zertifikat liegt bei.",
        "Karton, Staubbeutel und Kaufbeleg auf meinen Namen sind vorhanden.",
    ],
    assurance: &[
        "Bei uns gibt es keine Fälschungen und keine Repliken, jedes Stück wird zweimal geprüft.",
        "Echtheit garantiert oder Geld zurück.",
        "Kein Fake, keine Replika: die Seriennummer ist auf Bild sechs zu lesen.",
    ],
    accessory_titles: &[
        "Hülle für {device}, {colour}, stoßfest",
        "Lederarmband passend für Apple Watch 44 mm, {colour}",
        "Schutzglas für {device}, 3 Stück",
        "Ladekabel kompatibel mit {device}, 2 m, {colour}",
    ],
    accessory: &[
        "Zubehör aus eigener Fertigung, passend für {device}; kein Produkt des Geräteherstellers.",
        "Alle Anschlüsse und Tasten bleiben frei, kabelloses Laden funktioniert.",
        "Bitte vor der Bestellung die Modellnummer auf der Rückseite des {device} prüfen.",
    ],
    everyday: &[
        (
            "Gartenschlauch 20 m mit Messingkupplungen, {colour}",
            "Knickt nicht ein und lässt sich ohne Werkzeug anschließen. Frostfest bis minus zehn Grad.",
        ),
        (
            "Becher aus Steinzeug, handglasiert, 350 ml, {colour}",
            "In unserer Töpferei gedreht, jeder ein wenig anders, spülmaschinenfest.",
        ),
        (
            "Geschirrtücher aus Leinen, 3 Stück, {colour}",
            "Vorgewaschenes Leinen, das vom ersten Tag an trocknet und nicht fusselt.",
        ),
        ("Schneidebrett Buche mit Saftrille", "Massive Buche, zweimal geölt. Mit einem feuchten Tuch abwischen."),
        ("Fahrradklingel aus Messing", "Heller Ton, passt an Lenker von 22 bis 26 mm."),
        ("Wollsocken, zwei Paar, {colour}", "Merinowolle mit verstärkter Ferse und Spitze."),
        ("Gummistiefel für Kinder, Dinosaurier, {colour}", "Naturkautschuk mit Baumwollfutter und Griffen zum Anziehen."),
    ],
    traps: &[
        (
            "Geldscheinprüfer Stift, 5 Stück",
            "Erkennt Fälschungen von Banknoten in einer Sekunde, für Kasse und Markt.",
            "Gewerbe > Kassen",
            10,
        ),
        (
            "Replica-Trikot 2026/27, offizielles Fanprodukt",
            "Offizielles Replica-Trikot des Vereins, hergestellt vom Ausrüster.",
            "Sport > Fußball",
            80,
        ),
        ("Modellauto 1:18, roter Sportwagen", "Metallmodell im Maßstab 1:18 mit beweglichen Türen.", "Spielzeug > Modelle", 49),
        ("Kunstleder Notizbuch A5, gepunktet", "Einband aus Lederimitat, 192 Seiten, zwei Lesebänder.", "Büro", 15),
        ("Die Fälscherin von Lübeck (Roman)", "Historischer Roman über eine Fälscherin. Taschenbuch, 412 Seiten.", "Bücher", 13),
        ("Museumsreplik einer römischen Öllampe", "Nach dem Original im Landesmuseum gegossen.", "Wohnen > Dekoration", 34),
    ],
    open: &["Replika 1:1", "AAA-Qualität", "wie Original, kein Original", "1:1 Kopie", "Top-Kopie", "Spiegelqualität"],
    hints: &[
        "gleiche Fabrik, ohne Rechnung",
        "Logo auf Foto verdeckt, auf Ware vorhanden",
        "im Stil der Boutique, ihr wisst schon",
        "Fabriküberschuss ohne Papiere",
    ],
    copies: &[
        "Gleiches Leder, gleiches Gewicht, gleiche Prägung wie in der Boutique; niemand sieht den Unterschied.",
        "Mit Karton, Staubbeutel und Beleg. Vor dem Versand schicken wir Bilder zur Freigabe.",
        "Geklontes Werk, Saphirglas, Keramiklünette, läuft wie das Original.",
        "Ab fünf Stück Händlerpreis, Etiketten kommen in einem zweiten Paket.",
    ],
    diversion: &[
        "WhatsApp {contact} für den ganzen Katalog.",
        "Bitte vor dem Kauf über Telegram {contact} melden, dort billiger.",
        "Preis nur per Nachricht, WhatsApp {contact}.",
    ],
    shop_names: (
        &["Nordlicht", "Lindenhof", "Kornblume", "Fachwerk", "Seestern", "Birkenau", "Marktplatz", "Wiesengrund"],
        &["Kramladen", "Kontor", "Moden", "Handel", "Stube", "Versand", "Werkstatt", "Lager"],
    ),
};
