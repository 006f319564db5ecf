//! Which listings stand on the simulated marketplace, which of them are copies, and which belong to one network of sellers?
//!
//! Networks are planted: two to six accounts that relist the same goods with titles changed a little, and share pictures, a contact, or
//! both. Beside them stand honest look-alikes that no audit may link:
//!
//! * a **catalogue title** sold by hundreds of shops, most of them with the maker's own picture;
//! * a **placeholder** or a banner that many shops show instead of a picture;
//! * a **contact of the marketplace** that many shops repeat;
//! * two or three shops with the **same rare title** and nothing else in common;
//! * shops with a contact or pictures of their own.

use super::draws::{happens, stream, uniform};
use super::words::{
    ADJECTIVES, CATALOGUE, COLOURS, DETAILS, FILLERS, GOODS, MATERIALS, MODELS, PATTER, PLACEHOLDERS, SENTENCES, SUPPORT, TAILS,
};
use crate::mutations::Random;
use scoring::{Amount, Country, Currency, Listing, Rating, Timestamp};
use std::fmt::Write as _;

/// Share of listings that are copies.
const PREVALENCE: f64 = 0.02;
/// Share of copies that networks sell.
const NETWORKED: f64 = 0.4;
/// Listings of a network, on average; the smallest have two thirds of that.
const GROUP_LISTINGS: u64 = 25;
/// 1 November 2026, from which on listings are created, over [`WINDOW_SECONDS`].
const WINDOW_START: i64 = 1_793_491_200;
const WINDOW_SECONDS: usize = 14 * 86_400;

// Each sort of thing is drawn from a seed of its own.
const GROUPS: u64 = 0x6772_6f75_7073;
const PRODUCTS: u64 = 0x7072_6f64_7563;
const TWINS: u64 = 0x7477_696e_7321;
const SHOPS: u64 = 0x7368_6f70_7321;
const LONE: u64 = 0x6c6f_6e65_2121;

/// What is true of a listing, which no audit is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truth {
    /// Whether it is a copy.
    pub counterfeit: bool,
    /// The planted network that it belongs to. `None` for everything else: linked to no other seller.
    pub group: Option<u32>,
}

/// The listings of a marketplace, one after another and in constant memory. Copies and networks lie scattered among the rest.
/// The same `seed` and `count` give the same listings; `count` also sets how many shops, catalogue titles and networks there are.
pub fn listings(seed: u64, count: u64) -> impl Iterator<Item = (Listing, Truth)> {
    let market = Market::new(seed, count);
    (0..count).map(move |index| market.listing(index))
}

struct Market {
    seed: u64,
    groups: usize,
    shops: usize,
    lone_sellers: usize,
    products: usize,
    twins: usize,
}

/// What a listing says, beside what its seller is.
struct Said {
    title: String,
    description: String,
    images: Vec<String>,
    /// Ten-thousandths of a euro.
    price: i64,
    seller: String,
    /// Days between the opening of the account and the listing.
    seller_age_days: usize,
    ship_from: [u8; 2],
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // counts far below 2^52
impl Market {
    fn new(seed: u64, count: u64) -> Self {
        let share = |part: f64, least: f64| (count as f64 * part).max(least) as usize;
        Self {
            seed,
            groups: share(PREVALENCE * NETWORKED / GROUP_LISTINGS as f64, 1.0),
            shops: share(0.1, 20.0),
            lone_sellers: share(PREVALENCE * (1.0 - NETWORKED) / 4.0, 3.0),
            products: share(1.0 / 2_500.0, 5.0).min(400),
            // A hundredth of all listings carries one of these titles, so that each stands in two shops on average.
            twins: share(0.005, 1.0),
        }
    }

    fn listing(&self, index: u64) -> (Listing, Truth) {
        let mut random = stream(self.seed, index);
        let counterfeit = happens(&mut random, PREVALENCE);
        let group = (counterfeit && happens(&mut random, NETWORKED)).then(|| {
            // Some networks sell more than others.
            ((self.groups as f64 * uniform(&mut random).powf(1.5)) as usize).min(self.groups - 1) as u32
        });
        let said = match (group, counterfeit) {
            (Some(group), _) => self.networked(group, index, &mut random),
            (None, true) => self.lone(index, &mut random),
            (None, false) => self.honest(index, &mut random),
        };
        let created = WINDOW_START + random.below(WINDOW_SECONDS) as i64;
        let listing = Listing {
            listing_id: format!("SIM-{index:08}"),
            title: said.title,
            description: Some(said.description),
            brand: None,
            category: None,
            price: Some(Amount(said.price)),
            currency: Some(Currency(*b"EUR")),
            seller_name: Some(format!("shop {}", &said.seller[2..])),
            seller_id: Some(said.seller),
            seller_rating: Some(Rating(380 + random.below(120) as u16)),
            seller_created_at: Some(Timestamp(created - said.seller_age_days as i64 * 86_400)),
            ship_from: Some(Country(said.ship_from)),
            marketplace: Some("bazaar".to_owned()),
            url: Some(format!("https://bazaar.example/item/{index}")),
            image_urls: said.images,
            gtin: None,
            created_at: Some(Timestamp(created)),
            issues: Vec::new(),
        };
        (listing, Truth { counterfeit, group })
    }

    fn honest(&self, index: u64, random: &mut Random) -> Said {
        let shop = random.below(self.shops) as u64;
        let mut own = stream(self.seed ^ SHOPS, shop);
        let seller = name(&mut own);
        let host = format!("https://img.bazaar.example/{}", &seller[2..]);
        let mut images = vec![format!("{host}/{index}-a.jpg")];
        let mut price = 5 + random.below(300) as i64;
        let title = match random.below(100) {
            0..15 => {
                let product = self.product(random.below(self.products) as u64);
                if happens(random, 0.7) {
                    images = vec![product.image];
                }
                price = product.price * (80 + random.below(25) as i64) / 100;
                if happens(random, 0.3) { format!("{} {}", product.title, pick(random, COLOURS)) } else { product.title }
            }
            15 => title_of_things(&mut stream(self.seed ^ TWINS, random.below(self.twins) as u64)),
            _ => title_of_things(random),
        };
        if happens(random, 0.05) {
            images.push(pick(random, PLACEHOLDERS).to_owned());
        }
        let mut description = sentences(random, SENTENCES);
        if happens(random, 0.05) {
            let _ = write!(description, " {}", pick(random, SUPPORT));
        }
        if happens(&mut own, 0.05) {
            let _ = write!(description, " {}", Contact::of(&mut own).written(random));
        }
        let countries = [*b"DE", *b"FR", *b"GB", *b"US", *b"IT", *b"PL"];
        Said {
            title,
            description,
            images,
            price: Amount::ONE * price,
            seller,
            seller_age_days: 30 + own.below(3_000),
            ship_from: countries[own.below(6)],
        }
    }

    /// A seller of copies without a network. Some hide behind a catalogue title and the maker's picture.
    fn lone(&self, index: u64, random: &mut Random) -> Said {
        let mut own = stream(self.seed ^ LONE, random.below(self.lone_sellers) as u64);
        let seller = name(&mut own);
        let contact = Contact::of(&mut own);
        let mut images = vec![format!("https://img.bazaar.example/{}/{index}-a.jpg", &seller[2..])];
        let title = if happens(random, 0.3) {
            let product = self.product(random.below(self.products) as u64);
            images = vec![product.image];
            product.title
        } else {
            let (model, colour) = (model(random).0, pick(random, COLOURS));
            format!("{model} {colour} {} {} {}", pick(random, MATERIALS), pick(random, TAILS), pick(random, DETAILS))
        };
        let mut description = sentences(random, PATTER);
        if happens(random, 0.5) {
            let _ = write!(description, " {}", contact.written(random));
        }
        let price = Amount::ONE * (20 + random.below(150) as i64);
        Said { title, description, images, price, seller, seller_age_days: own.below(400), ship_from: *b"CN" }
    }

    fn networked(&self, group: u32, index: u64, random: &mut Random) -> Said {
        let seed = self.seed ^ GROUPS;
        let mut own = stream(seed, u64::from(group));
        let accounts = 2 + own.below(5);
        // Contact, pictures, or both.
        let (shares_contact, shares_images) = [(true, true), (true, false), (false, true)][own.below(3)];
        let (goods, pictures) = (2 + own.below(3), 4 + own.below(5));
        let contact = Contact::of(&mut own);
        let host = ["https://photo.yupoo.example", "https://i.imgbox.example", "https://img.bazaar.example"][own.below(3)];
        let album = own.below(usize::MAX) as u64;

        let things = |of: u64, which: usize| stream(seed.rotate_left(17) ^ of, u64::from(group) * 16 + which as u64);
        let seller = name(&mut things(1, random.below(accounts)));
        let base = {
            let mut product = things(2, random.below(goods));
            let (model, colour, material) = (model(&mut product).0, pick(&mut product, COLOURS), pick(&mut product, MATERIALS));
            let tails: Vec<_> = (0..4).map(|_| pick(&mut product, TAILS)).collect();
            format!("{model} {colour} {material} {}", tails.join(" "))
        };
        let shows_contact = shares_contact && (!shares_images || happens(random, 0.7));
        let shows_images = shares_images && (!shows_contact || happens(random, 0.8));
        let mut images = if shows_images {
            (0..=random.below(3)).map(|_| format!("{host}/{album:016x}/{}.jpg", random.below(pictures))).collect()
        } else {
            vec![format!("https://img.bazaar.example/{}/{index}-a.jpg", &seller[2..])]
        };
        images.sort_unstable();
        images.dedup();
        let mut description = sentences(random, PATTER);
        if shows_contact {
            let _ = write!(description, " {}", contact.written(random));
        }
        let price = Amount::ONE * (20 + random.below(150) as i64);
        Said {
            title: relisted(&base, random),
            description,
            images,
            price,
            seller,
            seller_age_days: random.below(120),
            ship_from: *b"CN",
        }
    }

    fn product(&self, product: u64) -> Product {
        let mut own = stream(self.seed ^ PRODUCTS, product);
        let (model, price) = model(&mut own);
        let title = format!("{model} {} {}", pick(&mut own, COLOURS), pick(&mut own, CATALOGUE));
        Product { title, price, image: format!("https://press.makers.example/{product}/front.jpg") }
    }
}

/// What many shops sell under one title.
struct Product {
    title: String,
    /// Euros, new.
    price: i64,
    image: String,
}

/// Where a seller wants to be written to.
enum Contact {
    WeChat(String),
    WhatsApp(String),
    Telegram(String),
}

impl Contact {
    fn of(own: &mut Random) -> Self {
        let account = format!(
            "{}{}{:04}",
            pick(own, &["gz", "ms", "vip", "top", "lux"]),
            pick(own, &["bags", "kicks", "time", "shop"]),
            own.below(10_000)
        );
        match own.below(3) {
            0 => Self::WeChat(account),
            1 => Self::WhatsApp(format!("8613{:09}", own.below(1_000_000_000))),
            _ => Self::Telegram(account),
        }
    }

    /// As it stands in a description, in one of several spellings.
    fn written(&self, random: &mut Random) -> String {
        let way = random.below(3);
        match self {
            Self::WeChat(id) => match way {
                0 => format!("WeChat: {id}"),
                1 => format!("微信 {id}"),
                _ => format!("Add wechat id {}", id.to_uppercase()),
            },
            Self::WhatsApp(number) => match way {
                0 => format!("WhatsApp +{number}"),
                1 => format!("WhatsApp: +{} {} {} {}", &number[..2], &number[2..5], &number[5..9], &number[9..]),
                _ => format!("https://wa.me/{number}"),
            },
            Self::Telegram(id) => match way {
                0 => format!("Telegram @{id}"),
                1 => format!("t.me/{id}"),
                _ => format!("TG: {id}"),
            },
        }
    }
}

/// The title again, as a seller writes it who does not want to be found by it: one or two small changes.
fn relisted(title: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = title.split(' ').map(str::to_owned).collect();
    for _ in 0..=random.below(2) {
        let at = random.below(words.len());
        match random.below(5) {
            0 if at > 0 => words.swap(at - 1, at),
            1 => words.insert(at, pick(random, FILLERS).to_owned()),
            2 => words[at] = words[at].to_uppercase(),
            3 => words[at].push(','),
            _ => words.push(pick(random, FILLERS).to_owned()),
        }
    }
    words.join(" ")
}

fn title_of_things(random: &mut Random) -> String {
    let (adjective, colour, material) = (pick(random, ADJECTIVES), pick(random, COLOURS), pick(random, MATERIALS));
    let (goods, detail, number) = (pick(random, GOODS), pick(random, DETAILS), random.below(1_000));
    match random.below(3) {
        0 => format!("{adjective} {colour} {material} {goods}, {detail}"),
        1 => format!("{adjective} {goods} in {colour} {material}, {detail}, no. {number}"),
        _ => format!("{goods} {colour} {material} {detail} {}", pick(random, DETAILS)),
    }
}

fn sentences(random: &mut Random, of: &[&str]) -> String {
    format!("{} {}", pick(random, of), pick(random, of))
}

/// A brand and model, and its price new in euros.
fn model(random: &mut Random) -> (&'static str, i64) {
    random.pick(MODELS).unwrap_or_default()
}

/// The id of a seller, which tells nothing.
fn name(own: &mut Random) -> String {
    format!("s-{:013x}", own.below(1 << 52))
}

fn pick<'w>(random: &mut Random, of: &[&'w str]) -> &'w str {
    random.pick(of).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // a test may end at once
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    const SEED: u64 = 5;
    const COUNT: u64 = 50_000;

    #[test]
    fn the_same_seed_gives_the_same_marketplace_and_another_a_different_one() {
        let titles = |seed| listings(seed, 200).map(|(listing, _)| listing.title).collect::<Vec<_>>();
        assert_eq!(titles(SEED), titles(SEED));
        assert_ne!(titles(SEED), titles(SEED + 1));
    }

    #[test]
    fn copies_networks_and_accounts_are_as_many_as_was_said() {
        let (mut copies, mut ids) = (0_u32, BTreeSet::new());
        let mut groups: BTreeMap<u32, (u32, BTreeSet<String>)> = BTreeMap::new();
        let mut owner: BTreeMap<String, Option<u32>> = BTreeMap::new();
        for (listing, truth) in listings(SEED, COUNT) {
            copies += u32::from(truth.counterfeit);
            assert!(ids.insert(listing.listing_id.clone()));
            let seller = listing.seller_id.unwrap();
            assert_eq!(*owner.entry(seller.clone()).or_insert(truth.group), truth.group, "{seller} sells for two");
            if let Some(group) = truth.group {
                let (listings, accounts) = groups.entry(group).or_default();
                *listings += 1;
                accounts.insert(seller);
            }
        }
        // Three standard errors of a binomial count.
        assert!((f64::from(copies) - 1_000.0).abs() < 94.0, "{copies}");
        assert_eq!(groups.len(), 16);
        for (group, (listings, accounts)) in groups {
            assert!(listings >= 6 && (2..=6).contains(&accounts.len()), "{group}: {listings} listings of {accounts:?}");
        }
    }

    #[test]
    fn every_listing_of_a_network_shares_something_and_look_alikes_are_shared_by_many() {
        let mut pictures: BTreeMap<String, BTreeSet<(Option<u32>, String)>> = BTreeMap::new();
        for (listing, truth) in listings(SEED, COUNT) {
            let description = listing.description.unwrap();
            let contact = ["WeChat", "wechat", "微信", "WhatsApp", "wa.me", "Telegram", "t.me", "TG:"]
                .iter()
                .any(|word| description.contains(word));
            let own =
                listing.image_urls.iter().any(|url| url.contains(&listing.listing_id[4..].trim_start_matches('0').to_owned()));
            assert!(truth.group.is_none() || contact || !own, "{}", listing.listing_id);
            for url in listing.image_urls {
                pictures.entry(url).or_default().insert((truth.group, listing.seller_id.clone().unwrap()));
            }
        }
        for (url, sellers) in pictures.into_iter().filter(|(_, sellers)| sellers.len() > 1) {
            let groups: BTreeSet<_> = sellers.iter().map(|(group, _)| group).collect();
            assert_eq!(groups.len(), 1, "{url}");
            let shared_by_honest = groups.contains(&None);
            assert_eq!(shared_by_honest, sellers.len() >= 40, "{url}: {} sellers", sellers.len());
        }
    }
}
