//! Which part of the world is a country in? By the subregions of the United Nations (M49), some joined, so that groups are large.

/// The region of an ISO 3166-1 alpha-2 code. China and Hong Kong are one of their own, since more seized copies are sent from there than from
/// anywhere else (OECD and EUIPO 2025): it is where a bias would show first.
pub(super) fn region(country: &str) -> &'static str {
    REGIONS.iter().find(|(_, countries)| countries.split(' ').any(|code| code == country)).map_or("elsewhere", |(name, _)| name)
}

const REGIONS: &[(&str, &str)] = &[
    ("china", "CN HK MO"),
    ("eastern_asia", "JP KR KP MN TW"),
    ("south_eastern_asia", "BN ID KH LA MM MY PH SG TH TL VN"),
    ("southern_asia", "AF BD BT IN IR LK MV NP PK"),
    ("western_asia", "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY YE"),
    ("turkey", "TR"),
    ("central_asia", "KG KZ TJ TM UZ"),
    ("eastern_europe", "BG BY CZ HU MD PL RO RU SK UA"),
    ("northern_europe", "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
    ("southern_europe", "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK"),
    ("western_europe", "AT BE CH DE FR LI LU MC NL"),
    ("northern_america", "BM CA GL PM US"),
    (
        "latin_america",
        "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY SR SV SX \
         TC TT UY VC VE VG VI",
    ),
    (
        "africa",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH \
         SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
    ),
    ("oceania", "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_in_one_region() {
        let mut codes: Vec<_> = REGIONS.iter().flat_map(|(_, countries)| countries.split_whitespace()).collect();
        // All 249 codes of ISO 3166-1 but six of places where nobody lives (AQ, BV, GS, HM, IO, TF), and Kosovo's.
        assert_eq!(codes.len(), 249 - 6 + 1);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 244);
        assert!(codes.iter().all(|code| code.len() == 2));
        for (country, expected) in
            [("HK", "china"), ("VN", "south_eastern_asia"), ("FR", "western_europe"), ("ZW", "africa"), ("AQ", "elsewhere")]
        {
            assert_eq!(region(country), expected);
        }
    }
}
