//! How do sellers write in Spanish?

use super::Words;

pub(super) const WORDS: Words = Words {
    code: "es",
    currency: "EUR",
    per_dollar_hundredths: 92,
    cents: true,
    countries: &["ES", "ES", "MX", "AR", "CO"],
    nouns: [
        "bolso",
        "cartera",
        "cinturón",
        "zapatillas",
        "reloj",
        "chaqueta",
        "sudadera",
        "perfume",
        "maquillaje",
        "auriculares",
        "gafas de sol",
        "pulsera",
    ],
    colours: &["negro", "blanco", "azul marino", "marrón", "crema", "burdeos", "verde", "plateado", "rosa", "gris"],
    titles: &[
        "{brand} {model}, {noun} en {colour}",
        "{noun} {brand} {model} {colour} nuevo con etiqueta",
        "{brand} {noun} {model} - {colour}",
        "{brand} {model} {colour}, envío en 24 horas",
    ],
    about: &[
        "{noun} {brand} {model} en color {colour}, de la colección actual y con la factura de nuestra tienda.",
        "El {model} es uno de los modelos que más nos piden; lo tenemos siempre en almacén y sale el mismo día.",
        "Nuevo, sin usar, en su caja original con la tarjeta de cuidados de {brand}.",
        "Somos distribuidor autorizado de {brand} desde hace quince años y puedes recogerlo en la tienda.",
    ],
    details: &[
        "Mide unos {n} cm de ancho; compara con algo tuyo antes de pedirlo, por favor.",
        "Limpiar con un paño suave y seco, y no dejar al sol.",
        "Las fotos son nuestras y están hechas con luz natural, el color puede variar un poco según la pantalla.",
        "Peso con embalaje: {n}00 g. El embalaje es reciclado.",
    ],
    service: &[
        "Los pedidos antes de las 14 h salen el mismo día y llegan en dos o tres días laborables, con seguimiento.",
        "Tienes 30 días para devolverlo; la etiqueta de devolución va dentro de la caja.",
        "Respondemos por el chat de la plataforma de lunes a sábado.",
        "Garantía de dos años y taller propio para reparaciones.",
    ],
    used_titles: &[
        "{brand} {model} {colour} de segunda mano, muy buen estado",
        "{noun} {brand} {model} usado, con funda y caja",
        "{brand} {noun} vintage {colour}, pequeñas marcas",
    ],
    used: &[
        "Comprado en 20{n} y usado pocas veces. Tiene una marca leve junto al cierre, se ve en la foto cuatro.",
        "Las esquinas muestran un desgaste normal y el interior está limpio. Lo vendo porque ya no lo uso.",
        "Revisado por un servicio de autenticación independiente; el certificado va incluido.",
        "Conservo la caja, la funda y el ticket de compra a mi nombre.",
    ],
    assurance: &[
        "No vendemos réplicas ni imitaciones; cada pieza se revisa dos veces.",
        "Original garantizado o te devolvemos el dinero.",
        "No es réplica, el número de serie se ve en la foto seis.",
    ],
    accessory_titles: &[
        "Funda para {device}, {colour}, antigolpes",
        "Correa de piel compatible con Apple Watch 44 mm, {colour}",
        "Protector de pantalla para {device}, 3 unidades",
        "Cable de carga compatible con {device}, 2 m, {colour}",
    ],
    accessory: &[
        "Accesorio de marca propia para {device}; no es un producto oficial del fabricante del dispositivo.",
        "Deja libres todos los botones y conectores, y permite la carga inalámbrica.",
        "Comprueba el modelo en la parte trasera de tu {device} antes de comprar.",
    ],
    everyday: &[
        (
            "Taza de gres hecha a mano, 350 ml, {colour}",
            "Torneada y esmaltada en nuestro taller; no hay dos iguales. Apta para lavavajillas.",
        ),
        (
            "Manguera de jardín 20 m con conectores, {colour}",
            "No se dobla y los conectores se aprietan sin herramientas. Resiste heladas suaves.",
        ),
        ("Tabla de cortar de haya con ranura", "Haya maciza con dos manos de aceite. Se limpia con un paño húmedo."),
        ("Aceite de oliva virgen extra, 3 l", "Cosecha temprana, extracción en frío. Sabor a tomate y almendra verde."),
        (
            "Botas de agua infantiles con dinosaurios, {colour}",
            "Caucho natural y forro de algodón, con asas para que se las pongan solos.",
        ),
        ("Vela de soja, cedro y naranja", "Arde unas cuarenta horas. La hacemos en casa en tandas pequeñas."),
        ("Calcetines de lana, dos pares, {colour}", "Lana merina con refuerzo en talón y puntera."),
    ],
    traps: &[
        (
            "Réplica oficial de la camiseta 2026/27, adulto",
            "Réplica oficial para aficionados, fabricada con licencia del club.",
            "Deportes > Fútbol",
            78,
        ),
        ("Pilas AAA alcalinas, 24 unidades", "Pilas AAA de larga duración para mandos y juguetes.", "Electrónica > Pilas", 12),
        (
            "Espejo de baño con luz, 60 x 80 cm",
            "Espejo de buena calidad con luz uniforme, incluye tornillos.",
            "Hogar > Baño",
            115,
        ),
        ("Disfraz de pirata infantil, talla 6", "Chaleco, pañuelo y parche. Perfecto para carnaval.", "Juguetes > Disfraces", 24),
        (
            "El falsificador de Toledo (novela)",
            "Novela histórica sobre un falsificador de monedas. Tapa blanda, 340 páginas.",
            "Libros",
            17,
        ),
        (
            "Maqueta a escala 1:18, deportivo rojo",
            "Coche de metal a escala 1:18 con puertas que se abren.",
            "Juguetes > Maquetas",
            47,
        ),
    ],
    open: &["réplica AAA", "calidad espejo", "réplica 1:1", "clon 1.1", "triple A", "imitación perfecta", "réplica premium"],
    hints: &[
        "original importado, alta gama",
        "mismo fabricante, sin factura",
        "foto sin logo, llega con logo",
        "calidad importada, ya sabes",
    ],
    copies: &[
        "Misma piel, mismo peso y mismas letras que en la boutique; nadie notará la diferencia.",
        "Se entrega con caja, bolsa y ticket. Mandamos fotos antes del envío para que apruebes cada detalle.",
        "Máquina clonada, cristal de zafiro, todo funciona como en el original.",
        "Venta al por mayor desde cinco piezas, las etiquetas se envían aparte.",
    ],
    diversion: &[
        "Escríbeme al wsp {contact} y te paso el catálogo.",
        "Precio por interno, WhatsApp {contact}.",
        "Tengo más modelos en Telegram {contact}, el enlace es solo para el envío.",
    ],
    shop_names: (
        &["La Rambla", "Olivo", "Marea", "Azahar", "Candela", "Sol y Sombra", "El Patio", "Jacaranda", "Montera"],
        &["Hogar", "Moda", "Tienda", "Bazar", "y Compañía", "Vintage", "Directo", "Almacén"],
    ),
};
